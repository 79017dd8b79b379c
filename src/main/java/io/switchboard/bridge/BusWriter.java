package io.switchboard.bridge;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to one SockJS socket no faster than the client reads. The socket's own
 * {@code writeQueueFull} does not know of the connection below it, so what is written and not
 * yet confirmed is counted here. Belongs to one event loop.
 */
final class BusWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BusWriter.class);

  /** Enough to keep a connection busy, little enough to be soon confirmed. */
  private static final int MAX_UNCONFIRMED = 64 << 10;
  private static final int MAX_FRAMES = 65_536;

  private final SockJSSocket socket;
  private final OutgoingQueue queue;
  private long unconfirmed;
  private boolean closed;

  BusWriter(SockJSSocket socket, int bufferBytes) {
    this.socket = socket;
    this.queue = new OutgoingQueue(MAX_FRAMES, bufferBytes, BusAnswers::gap);
  }

  /** Writes what must not be lost; closes the socket of a client that lets it pile up. */
  void write(Buffer frame) {
    if (closed) {
      return;
    }
    if (!queue.offer(frame)) {
      LOG.info("Closed the SockJS socket of {}: it does not read its answers",
        socket.remoteAddress());
      close();
      socket.close();
      return;
    }
    pump();
  }

  /**
   * Writes an event, or counts it as lost for the address.
   *
   * @param lost how many before it did not even come here
   */
  void writeEvent(String address, Buffer frame, long lost) {
    if (!closed) {
      if (lost > 0) {
        queue.lost(address, lost);
      }
      queue.offerEvent(address, frame);
      pump();
    }
  }

  /** Nobody listens at the address any more. */
  void forget(String address) {
    queue.forget(address);
  }

  /** Drops what waits. */
  void close() {
    closed = true;
    queue.clear();
  }

  private void pump() {
    while (!closed && unconfirmed < MAX_UNCONFIRMED) {
      var frame = queue.poll();
      if (frame == null) {
        return;
      }
      unconfirmed += frame.length();
      socket.write(frame).onComplete(written -> {
        unconfirmed -= frame.length();
        pump();
      });
    }
  }
}
