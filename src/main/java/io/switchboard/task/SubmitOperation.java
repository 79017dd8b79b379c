package io.switchboard.task;

import io.switchboard.message.FrameReader;
import io.switchboard.message.TaskFrames;
import io.vertx.core.buffer.Buffer;

/** Stores one task. */
final class SubmitOperation extends AskedOperation<TaskId> {
  private final TaskId id;
  private final SubmitOptions options;
  private final byte[] content;
  private final int flags;

  SubmitOperation(String exchange, TaskId id, SubmitOptions options, byte[] content) {
    super(exchange);
    this.id = id;
    this.options = options;
    this.content = content;
    this.flags = (options.key() == null ? 0 : TaskFrames.WITH_KEY)
      | (options.idempotencyKey() == null ? 0 : TaskFrames.WITH_IDEMPOTENCY_KEY);
  }

  @Override
  boolean needsQuorum() {
    return true;
  }

  @Override
  boolean isBounded() {
    return false;
  }

  @Override
  int sizeBound() {
    return TaskFrames.sizeBound(
      exchange, options.key(), options.idempotencyKey(), content.length);
  }

  @Override
  void write(Buffer out) {
    int start = TaskFrames.begin(out, TaskFrames.SUBMIT);
    TaskFrames.text(out, exchange);
    out.appendLong(correlation).appendLong(id.node()).appendLong(id.number())
      .appendByte((byte) (flags | flagAgain())).appendByte((byte) options.priority())
      .appendLong(options.delay() == null ? 0 : options.delay().toMillis())
      .appendLong(options.deadline() == null ? -1 : options.deadline().toMillis());
    if (options.key() != null) {
      TaskFrames.text(out, options.key());
    }
    if (options.idempotencyKey() != null) {
      TaskFrames.text(out, options.idempotencyKey());
    }
    out.appendBytes(content);
    TaskFrames.end(out, start);
  }

  @Override
  void done(FrameReader answer) {
    long node = answer.readLong();
    long number = answer.readLong();
    succeeded(node == id.node() && number == id.number() ? id
      : new TaskId(node, number));
  }
}
