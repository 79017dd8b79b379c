package io.switchboard.task;

import io.switchboard.message.Headers;
import io.switchboard.message.Message;
import java.util.List;

/** A task that is not handed out any more, until somebody requeues or drops it. */
public final class DeadLetter extends Message {
  private final TaskState state;

  DeadLetter(TaskState state, Object body, Headers headers) {
    super(body, headers);
    this.state = state;
  }

  /** The task's id. */
  public TaskId id() {
    return state.id();
  }

  /** How often it was handed out. */
  public int attempts() {
    return state.attempts();
  }

  /** Its priority, 0 to 9. */
  public int priority() {
    return state.priority();
  }

  /** The task key; null without one. */
  public String key() {
    return state.key();
  }

  /** Why each attempt that failed did, the last 16 of them, and why it died. */
  public List<String> reasons() {
    return state.reasons();
  }
}
