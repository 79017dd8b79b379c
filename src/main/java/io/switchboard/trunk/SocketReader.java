package io.switchboard.trunk;

import io.switchboard.lane.Lane;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;

/**
 * Cuts what arrives on one accepted socket into batches. Memory grows with what has really
 * arrived, never with what a length field claims: pieces are kept as they came and joined when
 * a batch is complete. A stranger is closed after its first bytes.
 */
final class SocketReader {
  /** No batch is larger: one of the largest configurable size and one more frame. */
  static final int MAX_BATCH = TrunkOptions.MAX_BATCH_BYTES + (66 << 10);
  /** Smaller pieces are joined at once, so that bytes that come singly cost a byte each. */
  private static final int SMALL = 4 << 10;

  private final Lane lane;
  private final long self;
  private final NetSocket socket;
  private final Link.Receiver receiver;
  private final Strangers strangers;
  private final ArrayDeque<Buffer> pieces = new ArrayDeque<>();
  /** The last of the pieces when more may be appended to it. */
  private Buffer growing;
  private int kept;
  private int needed = SocketHandshake.LENGTH;
  private boolean accepted;

  SocketReader(Lane lane, long self, NetSocket socket, Link.Receiver receiver,
    Strangers strangers) {
    this.lane = lane;
    this.self = self;
    this.socket = socket;
    this.receiver = receiver;
    this.strangers = strangers;
  }

  void read(Buffer bytes) {
    int position = 0;
    while (position < bytes.length() && needed > 0) {
      int left = bytes.length() - position;
      if (accepted && kept == 0 && left >= BatchHeader.LENGTH_BYTES) {
        needed = checkedSize(bytes.getInt(position));
        if (needed == 0) {
          return;
        }
        if (left >= needed) {
          int end = position + needed;
          needed = BatchHeader.LENGTH_BYTES;
          receiver.receive(lane, left == bytes.length() && end == left
            ? bytes : bytes.slice(position, end));
          position = end;
          continue;
        }
      }
      int taken = Math.min(needed - kept, left);
      keep(bytes.slice(position, position + taken));
      position += taken;
      if (kept == needed) {
        filled();
      }
    }
  }

  /** As many bytes as were needed are kept: a greeting, a length, or a batch. */
  private void filled() {
    if (needed == BatchHeader.LENGTH_BYTES) {
      var length = join();
      needed = checkedSize(length.getInt(0));
      if (needed > 0) {
        keep(length);
      }
      return;
    }
    var complete = join();
    needed = BatchHeader.LENGTH_BYTES;
    if (accepted) {
      receiver.receive(lane, complete);
    } else if (SocketHandshake.isFor(complete, self)) {
      accepted = true;
      strangers.known(socket);
      socket.write(SocketHandshake.answer());
    } else {
      refuse("it does not greet like a node that means this one");
    }
  }

  private int checkedSize(int size) {
    if (size >= BatchHeader.LENGTH && size <= MAX_BATCH) {
      return size;
    }
    refuse("it announces a batch of " + size + " bytes");
    return 0;
  }

  private void keep(Buffer piece) {
    kept += piece.length();
    if (piece.length() >= SMALL) {
      growing = null;
      pieces.add(piece);
    } else if (growing != null) {
      growing.appendBuffer(piece);
    } else {
      growing = piece.copy();
      pieces.add(growing);
    }
  }

  /** All that is kept, as one; nothing is kept then. */
  private Buffer join() {
    var all = pieces.size() == 1 ? pieces.peek() : Buffer.buffer(kept);
    if (pieces.size() > 1) {
      pieces.forEach(all::appendBuffer);
    }
    pieces.clear();
    growing = null;
    kept = 0;
    return all;
  }

  private void refuse(String reason) {
    needed = 0;
    pieces.clear();
    growing = null;
    socket.handler(ignored -> { });
    strangers.refuse(socket, reason);
  }
}
