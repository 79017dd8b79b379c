import io.switchboard.Switchboard;
import io.switchboard.exchange.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Asks the exchange {@code echo} at a fixed rate for some seconds, whatever becomes of the
 * answers. A delay counts from the moment at which its request was due.
 */
public class Probe extends VerticleBase {
  private Switchboard board;

  @Override
  public Future<?> start() {
    board = Switchboard.of(vertx);
    return board.requests("probe").serve(request -> new Run(request).done.future());
  }

  private final class Run {
    private final Promise<JsonObject> done = Promise.promise();
    private final long begunNanos = System.nanoTime();
    private final long gapNanos;
    private final long[] micros;
    private int asked;
    private int answered;
    private int failed;
    private String failure;

    Run(Request request) {
      int rate = request.json().getInteger("rate");
      gapNanos = TimeUnit.SECONDS.toNanos(1) / rate;
      micros = new long[rate * request.json().getInteger("seconds")];
      vertx.setPeriodic(1, this::askDue);
    }

    private void askDue(long timer) {
      while (asked < micros.length && System.nanoTime() - begunNanos >= asked * gapNanos) {
        ask(begunNanos + asked++ * gapNanos);
      }
      if (asked == micros.length) {
        vertx.cancelTimer(timer);
      }
    }

    private void ask(long dueNanos) {
      board.requests("echo").request("small").onComplete(answer -> {
        micros[answered++] = (System.nanoTime() - dueNanos) / 1_000;
        if (answer.failed()) {
          failed++;
          failure = answer.cause().toString();
        }
        if (answered == micros.length) {
          Arrays.sort(micros);
          done.complete(new JsonObject().put("failed", failed).put("failure", failure)
            .put("p50Micros", micros[answered / 2]).put("p99Micros", micros[answered * 99 / 100])
            .put("slowestMicros", micros[answered - 1]));
        }
      });
    }
  }
}
