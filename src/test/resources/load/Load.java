import io.switchboard.Switchboard;
import io.switchboard.exchange.CallOptions;
import io.switchboard.exchange.Request;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sends one-way messages of 1 KiB to the worker that is stuck, as fast as it can. */
public class Load extends VerticleBase {
  private static final int SLICE = 500;
  private static final Buffer SMALL = Buffer.buffer(new byte[1 << 10]);
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Switchboard board;
  private JsonObject result = new JsonObject();

  @Override
  public Future<?> start() {
    board = Switchboard.of(vertx);
    return board.requests("load").serve(this::obey);
  }

  private Future<JsonObject> obey(Request request) {
    var order = request.json();
    if (order.getString("do").equals("flood")) {
      result = new JsonObject();
      new Flood(order).offer();
    }
    return Future.succeededFuture(result);
  }

  private final class Flood {
    private final int count;
    private final CallOptions options;
    private int offered;
    private int accepted;
    private int refused;
    private int ended;
    private int late;
    private long slowestNanos;

    Flood(JsonObject order) {
      count = order.getInteger("count");
      var within = CallOptions.within(Duration.ofSeconds(60));
      options = order.getBoolean("wait", false) ? within.waitForRoom() : within;
    }

    private void offer() {
      for (int i = 0; i < SLICE && offered < count; i++, offered++) {
        send();
      }
      if (offered < count) {
        vertx.runOnContext(next -> offer());
      } else {
        tell();
      }
    }

    private void send() {
      long begunNanos = System.nanoTime();
      board.requests("stuck").send(SMALL, options).onComplete(told -> {
        ended++;
        if (told.succeeded()) {
          accepted++;
        } else if (code(told.cause()) == FailureCode.OVERLOADED) {
          refused++;
          long nanos = System.nanoTime() - begunNanos;
          slowestNanos = Math.max(slowestNanos, nanos);
          late += nanos > LATE_NANOS ? 1 : 0;
        }
        if (offered == count) {
          tell();
        }
      });
    }

    private void tell() {
      result = new JsonObject().put("accepted", accepted).put("refused", refused)
        .put("waiting", count - ended).put("failed", ended - accepted - refused)
        .put("late", late).put("slowestMicros", slowestNanos / 1_000);
    }
  }

  private static FailureCode code(Throwable cause) {
    return cause instanceof SwitchboardException failure ? failure.code() : null;
  }
}
