package io.switchboard.cluster;

import io.switchboard.lane.Lane;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.TrunkListener;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Asks all nodes what only they know: their figures, workers and verticles. Nodes that do not
 * answer within half a second are left out.
 */
public final class Inquiries implements TrunkListener {
  private static final String ASK = "ask";
  private static final String TELL = "tell";
  private static final long LIMIT_MILLIS = 500;

  private final Lane control;
  private final Trunks trunks;
  private final Map<String, Supplier<JsonObject>> answers = new ConcurrentHashMap<>();
  private final Map<Long, Inquiry> running = new HashMap<>();
  private long lastNumber;

  private static final class Inquiry {
    private final Set<Trunk> asked = new HashSet<>();
    private final Map<String, JsonObject> answers = new HashMap<>();
    private final Promise<Map<String, JsonObject>> done = Promise.promise();
  }

  /** Must be added to the trunks as a listener before they start. */
  public Inquiries(Lane control, Trunks trunks) {
    this.control = control;
    this.trunks = trunks;
  }

  /** How this node answers questions of that topic; called on the control lane. */
  public void answer(String topic, Supplier<JsonObject> supplier) {
    answers.put(topic, supplier);
  }

  /** Every node's answer by its name, this node's included. Any thread. */
  public Future<Map<String, JsonObject>> ask(String topic) {
    Promise<Map<String, JsonObject>> done = Promise.promise();
    control.execute(() -> askNow(topic).onComplete(done));
    return done.future();
  }

  private Future<Map<String, JsonObject>> askNow(String topic) {
    var inquiry = new Inquiry();
    var number = ++lastNumber;
    inquiry.answers.put(trunks.self().name(), answers.get(topic).get());
    inquiry.asked.addAll(trunks.open());
    running.put(number, inquiry);
    var question = new JsonObject().put("topic", topic).put("number", number);
    trunks.open().forEach(trunk -> trunks.tell(trunk, ASK, question));
    control.context().owner().setTimer(LIMIT_MILLIS, id -> end(number));
    endIfDone(number, inquiry);
    return inquiry.done.future();
  }

  @Override
  public void onControl(Trunk trunk, String type, JsonObject content) {
    if (type.equals(ASK)) {
      var supplier = answers.get(content.getString("topic"));
      if (supplier != null) {
        trunks.tell(trunk, TELL, new JsonObject().put("number", content.getLong("number"))
          .put("answer", supplier.get()));
      }
    } else if (type.equals(TELL)) {
      var inquiry = running.get(content.getLong("number"));
      if (inquiry != null && inquiry.asked.remove(trunk)) {
        inquiry.answers.put(trunk.peer().name(), content.getJsonObject("answer"));
        endIfDone(content.getLong("number"), inquiry);
      }
    }
  }

  @Override
  public void onDown(Trunk trunk, String reason) {
    Map.copyOf(running).forEach((number, inquiry) -> {
      inquiry.asked.remove(trunk);
      endIfDone(number, inquiry);
    });
  }

  private void endIfDone(long number, Inquiry inquiry) {
    if (inquiry.asked.isEmpty()) {
      end(number);
    }
  }

  private void end(long number) {
    var inquiry = running.remove(number);
    if (inquiry != null) {
      inquiry.done.complete(inquiry.answers);
    }
  }
}
