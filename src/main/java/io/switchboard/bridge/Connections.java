package io.switchboard.bridge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of one event loop: closes those beyond the node's bound, and those on
 * which nothing is asked. Vert.x's own idle timeout would also close a connection whose request
 * waits for its answer.
 */
final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final int LOOKS_PER_TIMEOUT = 4;

  private final HttpOptions options;
  private final AtomicInteger openOnNode;
  private final Map<HttpConnection, Use> open = new HashMap<>();

  /** @param openOnNode counts the connections of all event loops together */
  Connections(Vertx vertx, HttpOptions options, AtomicInteger openOnNode) {
    this.options = options;
    this.openOnNode = openOnNode;
    // The timer ends with the verticle on whose context this is made.
    long period = Math.max(1, options.idleTimeout().toMillis() / LOOKS_PER_TIMEOUT);
    vertx.setPeriodic(period, timer -> closeIdle(System.nanoTime()));
  }

  /** Takes a new connection, or closes it. */
  void admit(HttpConnection connection) {
    int now = openOnNode.incrementAndGet();
    open.put(connection, new Use(System.nanoTime()));
    connection.closeHandler(closed -> {
      openOnNode.decrementAndGet();
      open.remove(connection);
    });
    if (now > options.maxConnections()) {
      LOG.warn("Closed a connection of {}: {} are open (http.maxConnections)",
        connection.remoteAddress(), options.maxConnections());
      connection.close();
    }
  }

  /** Notes that a request has begun. */
  void begin(RoutingContext context) {
    var use = open.get(context.request().connection());
    if (use != null) {
      use.begin(context.request());
      context.addEndHandler(ended -> use.end(context.request(), System.nanoTime()));
    }
    context.next();
  }

  private void closeIdle(long now) {
    long limit = options.idleTimeout().toNanos();
    List.copyOf(open.entrySet()).forEach(entry -> {
      if (entry.getValue().isIdle(now, limit)) {
        entry.getKey().close();
      }
    });
  }

  /** What goes on on one connection. */
  private static final class Use {
    private HttpServerRequest request;
    private long read;
    private long since;

    Use(long now) {
      since = now;
    }

    void begin(HttpServerRequest begun) {
      request = begun;
      read = -1;
    }

    void end(HttpServerRequest ended, long now) {
      if (request == ended) {
        request = null;
        since = now;
      }
    }

    /** A request that is being answered is not idle; one whose body does not come is. */
    boolean isIdle(long now, long limitNanos) {
      if (request != null && (request.isEnded() || request.bytesRead() != read)) {
        read = request.bytesRead();
        since = now;
      }
      return now - since >= limitNanos;
    }
  }
}
