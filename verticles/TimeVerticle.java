import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * Answers with the time and with the node that gave it: every node of a cluster deploys this
 * file, and requests from anywhere are shared among all of them.
 */
public class TimeVerticle extends VerticleBase {
  @Override
  public Future<?> start() {
    Switchboard board = Switchboard.of(vertx);
    return board.requests("time").serve(request -> {
      Instant now = Instant.now();
      return Future.succeededFuture(new JsonObject()
        .put("unixtime", now.getEpochSecond())
        .put("datetime", now.toString())
        .put("node", board.nodeName()));
    });
  }
}
