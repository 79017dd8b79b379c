package io.switchboard.task;

import io.switchboard.message.FrameReader;
import io.switchboard.message.TaskFrames;
import io.vertx.core.buffer.Buffer;

/** Tells the owner that a worker takes no more. */
final class DetachOperation extends AskedOperation<Void> {
  private final long worker;
  private final boolean keep;

  /** @param keep what it has in hand stays there, else it is handed out again at once */
  DetachOperation(String exchange, long worker, boolean keep) {
    super(exchange);
    this.worker = worker;
    this.keep = keep;
  }

  @Override
  int sizeBound() {
    return TaskFrames.sizeBound(exchange, null, null, 0);
  }

  @Override
  void write(Buffer out) {
    int start = TaskFrames.begin(out, TaskFrames.DETACH);
    TaskFrames.text(out, exchange);
    out.appendLong(correlation).appendLong(worker)
      .appendByte((byte) (keep ? TaskFrames.KEEP : 0));
    TaskFrames.end(out, start);
  }

  @Override
  void done(FrameReader answer) {
    succeeded(null);
  }
}
