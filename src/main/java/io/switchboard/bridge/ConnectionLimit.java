package io.switchboard.bridge;

import io.vertx.core.http.HttpConnection;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts a node's open connections and closes those beyond the bound. Thread-safe. */
final class ConnectionLimit {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

  private final int most;
  private final AtomicInteger open = new AtomicInteger();

  ConnectionLimit(int most) {
    this.most = most;
  }

  /** Takes a new connection, or closes it. */
  void admit(HttpConnection connection) {
    int now = open.incrementAndGet();
    connection.closeHandler(closed -> open.decrementAndGet());
    if (now > most) {
      LOG.warn("Closed a connection of {}: {} are open (http.maxConnections)",
        connection.remoteAddress(), most);
      connection.close();
    }
  }
}
