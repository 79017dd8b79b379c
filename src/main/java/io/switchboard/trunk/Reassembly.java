package io.switchboard.trunk;

import io.switchboard.message.FragmentFrames;
import io.switchboard.message.MalformedFrame;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;

/**
 * Puts the pieces of one channel's large frames together, one frame at a time. What it holds
 * is what has arrived; memory for the whole is asked for when a quarter is there, and away from
 * the event loop, which clearing so much memory would stop for long. On one lane's thread.
 */
final class Reassembly {
  /** Less than this is allocated on the spot. */
  private static final int LARGE = 1 << 20;
  /** Arrived pieces that are moved to their place for each one that arrives. */
  private static final int MOVED_AT_ONCE = 3;

  private final Context context;
  private final LargeMemory memory;
  private final ArrayDeque<Buffer> pieces = new ArrayDeque<>();
  private int number;
  private int total;
  private int arrived;
  private boolean skipping;
  private boolean asked;
  private Buffer whole;

  /** @param context the lane's own */
  Reassembly(Context context, LargeMemory memory) {
    this.context = context;
    this.memory = memory;
  }

  /** The first piece; false when there is no memory for the frame and the rest is skipped. */
  boolean begin(int newNumber, int length, Buffer bytes) {
    if (length < 1 || length > FragmentFrames.MAX_FRAME || bytes.length() != piece(length)) {
      throw new MalformedFrame("a large frame of " + length + " bytes");
    }
    reset();
    number = newNumber;
    if (!memory.take(length)) {
      skipping = true;
      return false;
    }
    total = length;
    add(bytes);
    return true;
  }

  void part(int ofNumber, Buffer bytes) {
    if (ofNumber == number && skipping) {
      return;
    }
    if (ofNumber != number || arrived == total || bytes.length() != piece(total - arrived)) {
      throw new MalformedFrame("a piece of a large frame that does not fit");
    }
    add(bytes);
  }

  /** Pieces have one size, or small ones would cost many times what they bring. */
  private static int piece(int left) {
    return Math.min(FragmentFrames.MAX_PIECE, left);
  }

  private void add(Buffer bytes) {
    arrived += bytes.length();
    pieces.add(bytes);
    if (whole != null) {
      move(MOVED_AT_ONCE);
    } else if (total > LARGE && arrived >= total / 4 && !asked) {
      asked = true;
      int expected = number;
      int size = total;
      context.executeBlocking(() -> Buffer.buffer(size)).onSuccess(allocated -> {
        if (asked && number == expected && whole == null) {
          whole = allocated;
        }
      });
    }
  }

  private void move(int most) {
    for (int i = 0; i < most && !pieces.isEmpty(); i++) {
      whole.appendBuffer(pieces.remove());
    }
  }

  /** The frame, length and kind included, once all of it is here; null before. */
  Buffer takeComplete() {
    if (total == 0 || arrived < total) {
      return null;
    }
    Buffer complete;
    if (whole == null && pieces.size() == 1) {
      complete = pieces.remove();
    } else {
      whole = whole == null ? Buffer.buffer(total) : whole;
      move(Integer.MAX_VALUE);
      complete = whole;
    }
    reset();
    return complete;
  }

  /** Forgets what has arrived. */
  void reset() {
    memory.giveBack(total);
    pieces.clear();
    total = 0;
    arrived = 0;
    skipping = false;
    asked = false;
    whole = null;
  }
}
