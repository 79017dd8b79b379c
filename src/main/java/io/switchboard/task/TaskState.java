package io.switchboard.task;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * How one task stands.
 *
 * @param state    ready, delayed, leased or dead; gone when the queue does not hold it: it was
 *                 acked, dropped, or never submitted
 * @param attempts how often it was handed out
 * @param key      the task key; null without one
 * @param reasons  why each attempt that failed did, the last 16
 */
public record TaskState(TaskId id, String state, int priority, int attempts, String key,
  List<String> reasons) {

  /** What {@link #state()} says of a task that the queue does not hold. */
  public static final String GONE = "gone";

  /** One field for each component. */
  public JsonObject toJson() {
    return new JsonObject().put("id", id.toString()).put("state", state)
      .put("priority", priority).put("attempts", attempts).put("key", key)
      .put("reasons", new JsonArray(reasons));
  }

  static TaskState fromJson(JsonObject json) {
    return new TaskState(TaskId.of(json.getString("id")), json.getString("state"),
      json.getInteger("priority"), json.getInteger("attempts"), json.getString("key"),
      json.getJsonArray("reasons").stream().map(String.class::cast).toList());
  }
}
