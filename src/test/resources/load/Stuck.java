import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;

/** A worker that finishes nothing until somebody asks {@code open}; {@code close} stops it. */
public class Stuck extends VerticleBase {
  private final List<Promise<Object>> held = new ArrayList<>();
  private boolean open;

  @Override
  public Future<?> start() {
    var board = Switchboard.of(vertx);
    return Future.all(
      board.requests("stuck").serve(request -> {
        Promise<Object> done = Promise.promise();
        if (open) {
          done.complete();
        } else {
          held.add(done);
        }
        return done.future();
      }),
      board.requests("open").serve(request -> set(true)),
      board.requests("close").serve(request -> set(false)));
  }

  private Future<Integer> set(boolean open) {
    this.open = open;
    var ended = List.copyOf(held);
    held.clear();
    ended.forEach(Promise::tryComplete);
    return Future.succeededFuture(ended.size());
  }
}
