package io.switchboard.task;

import io.switchboard.message.FailureCode;
import io.switchboard.task.TaskEntry.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Answers what is asked of a queue rarely enough for JSON. On the queue's lane. */
final class Questions {
  static final String COUNTS = "counts";
  static final String STATE = "state";
  static final String DEAD = "dead";
  static final String REQUEUE = "requeue";
  static final String DROP = "drop";

  /** The most bytes in one answer, unless its first dead letter alone has more. */
  private static final int MAX_BYTES = 1 << 20;
  /** A larger content would, as text, be too large for any frame. */
  private static final int MAX_CONTENT = 32 << 20;

  private Questions() {
  }

  static void answer(TaskQueue queue, Caller caller, JsonObject question) {
    switch (question.getString("ask", "")) {
      case COUNTS -> caller.told(queue.counts().toJson().toBuffer());
      case STATE -> caller.told(state(queue, id(question)).toJson().toBuffer());
      case DEAD -> caller.told(dead(queue, question.getInteger("max", 100)).toBuffer());
      case REQUEUE -> onDead(queue, caller, question, true);
      case DROP -> onDead(queue, caller, question, false);
      default -> caller.failed(FailureCode.BAD_REQUEST, "an unknown question");
    }
  }

  private static TaskId id(JsonObject question) {
    return TaskId.of(question.getString("id", ""));
  }

  private static TaskState state(TaskQueue queue, TaskId id) {
    var entry = queue.find(id);
    return entry == null ? new TaskState(id, TaskState.GONE, 0, 0, null, List.of())
      : describe(entry);
  }

  private static TaskState describe(TaskEntry entry) {
    var word = switch (entry.state) {
      case STORING, BLOCKED -> State.READY;
      case SETTLING -> State.LEASED;
      default -> entry.state;
    };
    return new TaskState(entry.id, word.name().toLowerCase(Locale.ROOT), entry.priority,
      entry.attempts, entry.key, entry.reasons);
  }

  private static JsonObject dead(TaskQueue queue, int max) {
    var letters = new JsonArray();
    int bytes = 0;
    for (var entry : queue.dead()) {
      boolean fits = entry.content.length <= MAX_CONTENT;
      bytes += entry.bytes() - (fits ? 0 : entry.content.length)
        + entry.reasons.stream().mapToInt(String::length).sum();
      if (letters.size() >= max || bytes > MAX_BYTES && !letters.isEmpty()) {
        break;
      }
      letters.add(describe(entry).toJson().put("bytes", entry.content.length)
        .put("content", fits ? entry.content : null));
    }
    return new JsonObject().put("letters", letters);
  }

  /** Tells whether there was such a dead letter. */
  private static void onDead(
    TaskQueue queue, Caller caller, JsonObject question, boolean requeue) {
    var entry = queue.find(id(question));
    boolean isDead = entry != null && entry.state == State.DEAD;
    if (isDead && requeue) {
      queue.outcomes().revive(entry, null);
    } else if (isDead) {
      queue.outcomes().finish(entry, null);
    }
    // One who asks again has had it done, and did not hear of it.
    boolean isDone = AskOperation.isRepeated(question) && (entry == null) != requeue;
    var answer = new JsonObject().put("found", isDead || isDone).toBuffer();
    queue.whenStored(caller, answer);
  }
}
