import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** The shortest worker: the future that the handler returns is the answer. */
public class EchoVerticle extends VerticleBase {
  @Override
  public Future<?> start() {
    return Switchboard.of(vertx)
      .requests("echo")
      .serve(request -> Future.succeededFuture(request.body()));
  }
}
