import io.switchboard.Switchboard;
import io.switchboard.exchange.Request;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Asks an exchange at a fixed rate for some seconds, whatever becomes of the answers. A delay
 * counts from the moment at which its request was due. When told to, it sends bodies of 64 MiB
 * meanwhile, one after another, from the same event loop.
 */
public class Probe extends VerticleBase {
  /** A body of 64 MiB, headers and all. */
  private static final int LARGE = (64 << 20) - 1_024;

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
    private final String exchange;
    private int asked;
    private int answered;
    private int failed;
    private String failure;
    private int bodies;
    private long largeMicros;

    Run(Request request) {
      int rate = request.json().getInteger("rate");
      gapNanos = TimeUnit.SECONDS.toNanos(1) / rate;
      micros = new long[rate * request.json().getInteger("seconds")];
      exchange = request.json().getString("exchange");
      vertx.setPeriodic(1, this::askDue);
      if (request.json().getBoolean("large", false)) {
        sendLarge(Buffer.buffer(new byte[LARGE]));
      }
    }

    private void sendLarge(Buffer body) {
      board.requests("length").request(body).onComplete(answer -> {
        note(answer.cause());
        bodies++;
        largeMicros = (System.nanoTime() - begunNanos) / 1_000;
        if (answered < micros.length && answer.succeeded()) {
          sendLarge(body);
        }
      });
    }

    private void note(Throwable cause) {
      if (cause != null) {
        failed++;
        failure = cause.toString();
      }
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
      board.requests(exchange).request("small").onComplete(answer -> {
        micros[answered++] = (System.nanoTime() - dueNanos) / 1_000;
        note(answer.cause());
        if (answered == micros.length) {
          Arrays.sort(micros);
          done.complete(new JsonObject().put("failed", failed).put("failure", failure)
            .put("p50Micros", micros[answered / 2]).put("p99Micros", micros[answered * 99 / 100])
            .put("slowestMicros", micros[answered - 1]).put("bodies", bodies)
            .put("microsForEach", bodies == 0 ? 0 : largeMicros / bodies));
        }
      });
    }
  }
}
