import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;

/** Tells how long large bodies are, and answers small requests on the same event loop. */
public class Sizes extends VerticleBase {
  @Override
  public Future<?> start() {
    var board = Switchboard.of(vertx);
    return Future.all(
      board.requests("length").serve(request ->
        Future.succeededFuture(((Buffer) request.body()).length())),
      board.requests("small").serve(request -> Future.succeededFuture(request.body())));
  }
}
