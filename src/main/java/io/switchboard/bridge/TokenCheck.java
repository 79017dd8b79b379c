package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Asks for the configured token, where one is configured. In the query it is taken only for
 * streams and sockets, on which a browser cannot set headers: elsewhere it would end in logs.
 */
final class TokenCheck implements Handler<RoutingContext> {
  private static final String BEARER = "Bearer ";

  private final byte[] token;

  /** @param token empty for none */
  TokenCheck(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void handle(RoutingContext context) {
    if (token.length == 0 || isToken(bearer(context)) || isToken(parameter(context))) {
      context.next();
      return;
    }
    context.response().putHeader("WWW-Authenticate", "Bearer");
    Problem.of(401, FailureCode.DENIED, "a token is needed: Authorization: Bearer TOKEN")
      .writeTo(context.response());
  }

  private static String bearer(RoutingContext context) {
    var header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
      ? header.substring(BEARER.length()).trim() : null;
  }

  private static String parameter(RoutingContext context) {
    var path = context.normalizedPath();
    return path.startsWith("/api/") && !path.endsWith("/subscribe")
      ? null : context.request().getParam("token");
  }

  private boolean isToken(String given) {
    return given != null
      && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
  }
}
