package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** Refuses requests that a page elsewhere made a browser send, before anything looks at them. */
final class Gate implements Handler<RoutingContext> {
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final HostPolicy hosts;

  Gate(HostPolicy hosts) {
    this.hosts = hosts;
  }

  @Override
  public void handle(RoutingContext context) {
    var request = context.request();
    if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
      Problem.of(FailureCode.BAD_REQUEST, "more than one Host header")
        .writeTo(context.response());
    } else if (!isOwnHost(request)) {
      Problem.of(FailureCode.DENIED, "the host '" + request.getHeader(HttpHeaders.HOST)
        + "' is not this node's; http.allowedHosts names further ones")
        .writeTo(context.response());
    } else if (needsOwnOrigin(context) && !hasOwnOrigin(request)) {
      Problem.of(FailureCode.DENIED, "a page of another origin may not do this; "
        + "http.allowedOrigins names origins that may").writeTo(context.response());
    } else {
      context.next();
    }
  }

  private boolean isOwnHost(HttpServerRequest request) {
    var local = request.connection().localAddress();
    return hosts.isOwnHost(request.authority(), local == null ? null : local.hostAddress());
  }

  /** A page elsewhere could change something with these, or follow what happens. */
  private static boolean needsOwnOrigin(RoutingContext context) {
    // The path by which the router goes: another spelling of it must not slip through.
    var path = context.normalizedPath();
    var request = context.request();
    return !READING.contains(request.method()) || isUpgrade(request)
      || path.startsWith("/eventbus") || path.startsWith("/ws")
      || path.startsWith("/api/") && path.contains("/subscribe");
  }

  private static boolean isUpgrade(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true);
  }

  private boolean hasOwnOrigin(HttpServerRequest request) {
    var origins = request.headers().getAll(HttpHeaders.ORIGIN);
    if (!origins.isEmpty()) {
      return origins.size() == 1 && hosts.isOwnOrigin(origins.get(0), request.authority());
    }
    // Browsers leave Origin out of some reads, but say in this header who asks.
    var site = request.getHeader("Sec-Fetch-Site");
    return site == null || site.equals("same-origin") || site.equals("none");
  }
}
