package io.switchboard.task;

import io.switchboard.message.FailureCode;
import io.switchboard.message.FrameReader;
import io.switchboard.message.SwitchboardException;
import io.switchboard.message.TaskFrames;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** Tells the owner of a worker and of what it has in hand; said anew to every new owner. */
final class AttachOperation extends Operation {
  private final Holding worker;
  private final Promise<Void> accepted;
  private final long round;

  /** @param round what the owner calls its takeover; 0 when it has not asked */
  AttachOperation(Holding worker, long round, Promise<Void> accepted) {
    super(worker.exchangeName());
    this.worker = worker;
    this.accepted = accepted;
    this.round = round;
  }

  @Override
  int sizeBound() {
    return TaskFrames.sizeBound(exchange, null, null, 36 * worker.held().size());
  }

  @Override
  void write(Buffer out) {
    int start = TaskFrames.begin(out, TaskFrames.ATTACH);
    TaskFrames.text(out, exchange);
    out.appendLong(correlation).appendLong(worker.id())
      .appendByte((byte) flags()).appendLong(round)
      .appendInt(worker.prefetch()).appendLong(worker.ackTimeoutMillis());
    var held = worker.held();
    out.appendInt(held.size());
    long now = System.nanoTime();
    for (var task : held) {
      out.appendLong(task.id().node()).appendLong(task.id().number())
        .appendLong(task.tokenNumber()).appendInt(task.attempt())
        .appendLong(Math.max(1, (task.heldUntilNanos() - now) / 1_000_000));
    }
    TaskFrames.end(out, start);
  }

  private int flags() {
    return (worker.isOnce() ? TaskFrames.ONCE : 0)
      | (worker.takesNoMore() ? TaskFrames.CLOSED : 0);
  }

  @Override
  void done(FrameReader answer) {
    worker.attached(this);
    accepted.tryComplete();
  }

  @Override
  void failed(FailureCode code, String text) {
    worker.attached(this);
    accepted.tryFail(new SwitchboardException(code, text));
  }
}
