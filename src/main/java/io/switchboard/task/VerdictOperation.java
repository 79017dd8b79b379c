package io.switchboard.task;

import io.switchboard.message.FrameReader;
import io.switchboard.message.TaskFrames;
import io.vertx.core.buffer.Buffer;

/** Tells the owner what has become of a task that somebody has in hand, by its token. */
class VerdictOperation extends AskedOperation<Void> {
  private final TaskId id;
  private final long token;
  private final Verdict verdict;
  private final long millis;
  private final String reason;

  VerdictOperation(String exchange, TaskId id, long token, Verdict verdict, long millis,
    String reason) {
    super(exchange);
    this.id = id;
    this.token = token;
    this.verdict = verdict;
    this.millis = millis;
    this.reason = reason;
  }

  @Override
  int sizeBound() {
    return TaskFrames.sizeBound(exchange, null, reason, 0);
  }

  @Override
  void write(Buffer out) {
    int start = TaskFrames.begin(out, TaskFrames.VERDICT);
    TaskFrames.text(out, exchange);
    out.appendLong(correlation).appendLong(id.node()).appendLong(id.number())
      .appendLong(token).appendByte((byte) verdict.ordinal()).appendByte((byte) flags())
      .appendLong(millis);
    TaskFrames.reason(out, reason);
    TaskFrames.end(out, start);
  }

  int flags() {
    return flagAgain() | TaskFrames.BY_TOKEN;
  }

  @Override
  void done(FrameReader answer) {
    succeeded(null);
  }
}
