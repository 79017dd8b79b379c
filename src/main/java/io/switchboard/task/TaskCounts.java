package io.switchboard.task;

import io.vertx.core.json.JsonObject;

/**
 * How a task exchange stands. The first four say what there is now; the others count since the
 * present owner took the queue over.
 *
 * @param ready       waiting for a worker, those behind another task of their key included
 * @param delayed     not due yet, a pause between attempts included
 * @param leased      with a worker
 * @param dead        dead letters
 * @param bytes       of all these together
 * @param submitted   stored
 * @param acked       done
 * @param redelivered handed out again
 */
public record TaskCounts(int ready, int delayed, int leased, int dead, long bytes,
  long submitted, long acked, long redelivered) {

  /** One field for each component. */
  public JsonObject toJson() {
    return new JsonObject().put("ready", ready).put("delayed", delayed).put("leased", leased)
      .put("dead", dead).put("bytes", bytes).put("submitted", submitted).put("acked", acked)
      .put("redelivered", redelivered);
  }

  static TaskCounts fromJson(JsonObject json) {
    return new TaskCounts(json.getInteger("ready"), json.getInteger("delayed"),
      json.getInteger("leased"), json.getInteger("dead"), json.getLong("bytes"),
      json.getLong("submitted"), json.getLong("acked"), json.getLong("redelivered"));
  }
}
