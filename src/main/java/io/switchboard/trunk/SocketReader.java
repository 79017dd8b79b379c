package io.switchboard.trunk;

import io.switchboard.lane.Lane;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts what arrives on one accepted socket into batches. Memory grows with what has really
 * arrived, never with what a length field claims; a stranger is closed after its first bytes.
 */
final class SocketReader {
  private static final Logger LOG = LoggerFactory.getLogger(SocketReader.class);
  /** No batch is larger: a frame of the largest body, alone in its batch. */
  static final int MAX_BATCH = 80 << 20;

  private final Lane lane;
  private final long self;
  private final NetSocket socket;
  private final Link.Receiver receiver;
  private Buffer partial;
  private boolean accepted;

  SocketReader(Lane lane, long self, NetSocket socket, Link.Receiver receiver) {
    this.lane = lane;
    this.self = self;
    this.socket = socket;
    this.receiver = receiver;
  }

  void read(Buffer arrived) {
    var bytes = partial == null ? arrived : partial.appendBuffer(arrived);
    partial = null;
    int position = 0;
    if (!accepted) {
      if (bytes.length() < SocketHandshake.LENGTH) {
        partial = bytes == arrived ? bytes.copy() : bytes;
        return;
      }
      if (!SocketHandshake.isFor(bytes, self)) {
        refuse("it does not greet like a node that means this one");
        return;
      }
      accepted = true;
      position = SocketHandshake.LENGTH;
      socket.write(SocketHandshake.answer());
    }
    readBatches(bytes, position);
  }

  private void readBatches(Buffer bytes, int start) {
    int position = start;
    int length = bytes.length();
    while (length - position >= BatchHeader.LENGTH_BYTES) {
      int size = bytes.getInt(position);
      if (size < BatchHeader.LENGTH || size > MAX_BATCH) {
        refuse("it announces a batch of " + size + " bytes");
        return;
      }
      if (length - position < size) {
        break;
      }
      receiver.receive(lane, position == 0 && size == length
        ? bytes : bytes.slice(position, position + size));
      position += size;
    }
    if (position < length) {
      partial = bytes.getBuffer(position, length);
    }
  }

  private void refuse(String reason) {
    LOG.warn("Closed a connection from {}: {}", socket.remoteAddress(), reason);
    partial = null;
    socket.handler(ignored -> { });
    socket.close();
  }
}
