import io.switchboard.Switchboard;
import io.switchboard.exchange.ChunkWriter;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;

/**
 * Answers {"to": N} with a stream of N chunks: 1, 2 … N. It writes until the queue is full and
 * goes on when that drains, so the receiver sets the pace: however large N is and however slow
 * the receiver, only a window of chunks is in memory. When the receiver cancels, it stops.
 */
public class CountVerticle extends VerticleBase {
  @Override
  public Future<?> start() {
    return Switchboard.of(vertx).requests("count").serve(request -> {
      if (!(request.body() instanceof JsonObject body)
        || !(body.getValue("to") instanceof Number to)) {
        return Future.failedFuture(new SwitchboardException(
          FailureCode.BAD_REQUEST, "count takes {\"to\": N}"));
      }
      new Count(request.chunks(), to.longValue()).go();
      // Null: the stream ends when the writer is ended.
      return null;
    });
  }

  private static final class Count {
    private final ChunkWriter<Long> chunks;
    private final long to;
    private long next = 1;

    private Count(ChunkWriter<Long> chunks, long to) {
      this.chunks = chunks;
      this.to = to;
      chunks.drainHandler(drained -> go());
    }

    private void go() {
      while (next <= to && !chunks.writeQueueFull()) {
        chunks.write(next++);
      }
      if (next > to) {
        chunks.end();
      }
    }
  }
}
