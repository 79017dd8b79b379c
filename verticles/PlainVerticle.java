import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A plain Vert.x verticle that has never heard of Switchboard; it deploys unchanged. It uses
 * ordinary addresses of the clustered event bus: request and send reach the verticle on one of
 * the nodes in turn, publish reaches the consumers on all of them.
 */
public class PlainVerticle extends VerticleBase {
  private long sunk;

  @Override
  public Future<?> start() {
    EventBus bus = vertx.eventBus();
    vertx.setPeriodic(1_000, second -> bus.publish("plain.news", new JsonObject()
      .put("at", Instant.now().toString())
      .put("sunk", sunk)));
    return Future.all(
      bus.consumer("plain.ping", ping ->
        ping.reply(new JsonObject().put("pong", ping.body()))).completion(),
      bus.consumer("plain.sink", message -> sunk++).completion());
  }
}
