package io.switchboard.task;

import io.switchboard.lane.TimerWheel;
import java.util.ArrayList;
import java.util.List;

/** One task in the index of its queue's owner. On the queue's lane. */
class TaskEntry extends TimerWheel.Timer {
  /** How a task stands. */
  enum State {
    /** Being written to the store; nobody was told yet. */
    STORING,
    /** Behind another task of its key. */
    BLOCKED,
    /** Not due yet. */
    DELAYED,
    READY,
    LEASED,
    /** A verdict is being written. */
    SETTLING,
    DEAD,
    GONE
  }

  /** The most reasons that are kept of one task. */
  static final int MAX_REASONS = 16;

  final TaskId id;
  final int priority;
  final String key;
  /** Wall-clock milliseconds before which it is not handed out; 0 for at once. */
  long notBefore;
  /** Wall-clock milliseconds from which it is a dead letter; 0 for never. */
  long expires;
  final byte[] content;
  int attempts;
  /** A former owner stored it, and may have handed it out. */
  boolean inherited;
  List<String> reasons = List.of();
  /** The order of submission, among the tasks of this queue. */
  long sequence;
  State state = State.STORING;
  /** Its neighbours in the line of what is ready; null for none. */
  TaskEntry before;
  TaskEntry behind;
  Segment segment;
  int index;
  /** How many bytes its record takes there. */
  int recordBytes;
  /** That of its present or last lease. */
  long token;
  Consumer holder;
  /** What the holder said under its present or last lease; null when it was ended otherwise. */
  Verdict verdict;
  /** Until it is stored; null for none. */
  String idempotencyKey;
  /** Wall-clock milliseconds; only beside an idempotency key. */
  long submittedAt;
  Caller caller;

  TaskEntry(TaskId id, int priority, String key, long notBefore, long expires,
    byte[] content) {
    this.id = id;
    this.priority = priority;
    this.key = key;
    this.notBefore = notBefore;
    this.expires = expires;
    this.content = content;
  }

  /** What it counts towards the exchange's bytes. */
  int bytes() {
    return content.length + 64;
  }

  void addReason(String reason) {
    var more = new ArrayList<>(reasons);
    if (more.size() == MAX_REASONS) {
      more.remove(0);
    }
    more.add(reason);
    reasons = more;
  }

  @Override
  protected void onDeadline() {
    throw new IllegalStateException("a task without a queue has no timer");
  }
}
