import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.switchboard.topic.TopicExchange;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a made-up price of three things once a second, each under a routing key, so that
 * subscribers choose with a pattern: "fx.#", "metal.gold", "#". Every node that deploys this
 * file is a publisher with random walks of its own; a subscriber gets the ticks of all of them.
 */
public class PricesVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PricesVerticle.class);

  private final Map<String, Double> prices = new LinkedHashMap<>(
    Map.of("fx.eur.usd", 1.0850, "fx.gbp.usd", 1.2700, "metal.gold", 2400.00));
  private boolean failing;

  @Override
  public Future<?> start() {
    Switchboard board = Switchboard.of(vertx);
    // Subscribing declares an exchange by itself, publishing does not.
    return board.declare("prices", Kind.TOPIC, new JsonObject()).onSuccess(declared -> {
      TopicExchange topic = board.topic("prices");
      vertx.setPeriodic(1_000, second -> prices.replaceAll((key, price) -> {
        double next = walk(price);
        topic.publish(key, tick(next)).onComplete(this::report);
        return next;
      }));
    });
  }

  /** A step of at most a tenth of a percent, up or down. */
  private static double walk(double price) {
    double next = price * (1 + ThreadLocalRandom.current().nextDouble(-0.001, 0.001));
    return Math.round(next * 10_000) / 10_000.0;
  }

  private static JsonObject tick(double price) {
    return new JsonObject().put("price", price).put("at", Instant.now().toString());
  }

  /** Says once when publishing begins to fail, and not again each second. */
  private void report(Void published, Throwable failure) {
    if (failure != null && !failing) {
      LOG.warn("prices cannot be published: {}", failure.getMessage());
    }
    failing = failure != null;
  }
}
