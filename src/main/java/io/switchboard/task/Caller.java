package io.switchboard.task;

import io.switchboard.message.FailureCode;
import io.switchboard.message.TaskFrames;
import io.switchboard.trunk.Trunk;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Who waits for the outcome of an operation at the queue's owner. On the queue's lane. */
final class Caller {
  private static final Consumer<Buffer> NOTHING = out -> { };

  private final Post post;
  private final Trunk trunk;
  private final int lane;
  private final long correlation;
  /** Another one who waits for the same; null for none. */
  private Caller next;
  private Buffer answer;

  Caller(Post post, Trunk trunk, int lane, long correlation) {
    this.post = post;
    this.trunk = trunk;
    this.lane = lane;
    this.correlation = correlation;
  }

  /** This one, who is alone, and all the others are told of one outcome. */
  Caller and(Caller others) {
    next = others;
    return this;
  }

  private boolean isGone() {
    return trunk != null && !trunk.takesAnswers();
  }

  private void tell(int code, Consumer<Buffer> rest) {
    // Not from one to the next: thousands may wait for one task.
    for (var each = this; each != null; each = each.next) {
      each.tellAlone(code, rest);
    }
  }

  private void tellAlone(int code, Consumer<Buffer> rest) {
    if (!isGone()) {
      var out = post.beginAnswer(trunk, lane);
      int start = TaskFrames.begin(out, TaskFrames.OUTCOME);
      out.appendLong(correlation).appendByte((byte) code);
      rest.accept(out);
      TaskFrames.end(out, start);
      post.end();
    }
  }

  /** What {@link #done} says beside the fact. */
  void answer(Buffer text) {
    answer = text;
  }

  void done() {
    var text = answer;
    tell(Operations.DONE, text == null ? NOTHING : out -> out.appendBuffer(text));
  }

  void submitted(TaskId id) {
    tell(Operations.DONE, out -> out.appendLong(id.node()).appendLong(id.number()));
  }

  void told(Buffer text) {
    tell(Operations.DONE, out -> out.appendBuffer(text));
  }

  void failed(FailureCode code, String text) {
    tell(code.number(), out -> TaskFrames.reason(out, text));
  }

  /** @param perhapsDone the same may be stored already, or be stored yet */
  void elsewhere(boolean perhapsDone) {
    tell(Operations.ELSEWHERE, out -> out.appendByte((byte) (perhapsDone ? 1 : 0)));
  }
}
