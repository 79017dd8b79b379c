import io.switchboard.Switchboard;
import io.switchboard.collect.CollectListener;
import io.switchboard.collect.Entry;
import io.switchboard.exchange.Attachment;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;

/**
 * Keeps the last thousand entries that anybody emits to "audit". Every node that deploys this
 * file has a collector: one of them is active and answers at "audit.last", the others stand by.
 * What one has kept goes with it.
 */
public class AuditVerticle extends VerticleBase implements CollectListener {
  private static final int KEPT = 1_000;
  private static final int SHOWN = 20;

  private final ArrayDeque<JsonObject> entries = new ArrayDeque<>();
  private Future<Attachment> window = Future.failedFuture("not active yet");
  private Switchboard board;
  private long collected;
  private long lost;

  @Override
  public Future<?> start() {
    board = Switchboard.of(vertx);
    return board.collect("audit").collect(this, entry -> {
      keep(entry);
      return null;
    });
  }

  @Override
  public void onActive(long epoch, long lostBefore) {
    window = board.requests("audit.last")
      .serve(request -> Future.succeededFuture(last(request.body())));
  }

  @Override
  public void onStandby(String reason) {
    window.onSuccess(Attachment::detach);
  }

  private void keep(Entry entry) {
    if (entries.size() == KEPT) {
      entries.removeFirst();
    }
    entries.addLast(new JsonObject().put("from", entry.node()).put("epoch", entry.epoch())
      .put("body", entry.body()));
    collected++;
    lost += entry.lost();
  }

  /** The newest ones, the newest last; a body {"n": N} asks for so many. */
  private JsonObject last(Object question) {
    int wanted = question instanceof JsonObject asked ? asked.getInteger("n", SHOWN) : SHOWN;
    JsonArray newest = new JsonArray();
    entries.stream().skip(Math.max(0, entries.size() - Math.max(0, wanted)))
      .forEach(newest::add);
    return new JsonObject().put("node", board.nodeName()).put("collected", collected)
      .put("lost", lost).put("entries", newest);
  }
}
