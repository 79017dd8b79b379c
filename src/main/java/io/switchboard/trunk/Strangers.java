package io.switchboard.trunk;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accepted connections of one node that have not greeted yet: how many there may be and
 * for how long, and a line in the log for those that are closed, but not for each of a flood.
 * Thread-safe.
 */
final class Strangers {
  /** The most connections that may be open without a greeting. */
  static final int MAX = 256;
  /** How long a connection may take to greet. */
  static final long LIMIT_MILLIS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

  private final Vertx vertx;
  private final LogLimit limit = new LogLimit();
  /** Each with the timer that ends it. */
  private final Map<NetSocket, Long> waiting = new ConcurrentHashMap<>();

  Strangers(Vertx vertx) {
    this.vertx = vertx;
  }

  /** False when there are too many already; the connection was closed then. */
  boolean admit(NetSocket socket) {
    if (waiting.size() >= MAX) {
      refuse(socket, "more than " + MAX + " connections have not greeted");
      return false;
    }
    waiting.put(socket, vertx.setTimer(LIMIT_MILLIS, id ->
      refuse(socket, "it has not greeted within " + LIMIT_MILLIS + " ms")));
    socket.closeHandler(closed -> known(socket));
    return true;
  }

  /** It has greeted, or is gone. Idempotent. */
  void known(NetSocket socket) {
    var timer = waiting.remove(socket);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  /** Closes the connection. */
  void refuse(NetSocket socket, String reason) {
    known(socket);
    long unsaid = limit.ask(System.nanoTime());
    if (unsaid >= 0) {
      LOG.warn("Closed a connection from {}: {}{}", socket.remoteAddress(), reason,
        unsaid == 0 ? "" : "; and " + unsaid + " more before it");
    }
    socket.close();
  }

  int count() {
    return waiting.size();
  }
}
