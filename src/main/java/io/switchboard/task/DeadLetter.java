package io.switchboard.task;

import io.switchboard.message.Headers;
import io.switchboard.message.Message;
import java.util.List;

/** A task that is not handed out any more, until somebody requeues or drops it. */
public final class DeadLetter extends Message {
  private final TaskState state;
  private final int bytes;
  private final boolean leftOut;

  private DeadLetter(
    TaskState state, int bytes, boolean leftOut, Object body, Headers headers) {
    super(body, headers);
    this.state = state;
    this.bytes = bytes;
    this.leftOut = leftOut;
  }

  static DeadLetter whole(TaskState state, int bytes, Object body, Headers headers) {
    return new DeadLetter(state, bytes, false, body, headers);
  }

  /** One that is too large to be shown. */
  static DeadLetter leftOut(TaskState state, int bytes) {
    return new DeadLetter(state, bytes, true, null, Headers.NONE);
  }

  /**
   * True when its body and headers are more than 32 MiB: they are not shown, the body is null.
   * It can be handed out again and dropped like any other.
   */
  public boolean isLeftOut() {
    return leftOut;
  }

  /** How many bytes its body and headers take. */
  public int bytes() {
    return bytes;
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
