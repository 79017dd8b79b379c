package io.switchboard.bridge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.web.Router;

/** What supervisors and scrapers of the node ask: {@code /health/…} and {@code /metrics}. */
final class Probes {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private Probes() {
  }

  static void mount(Router router, Vertx vertx, Backend backend) {
    mountHealth(router, "/health/live", backend.health().live());
    mountHealth(router, "/health/ready", backend.health().ready());
    router.get("/metrics").handler(context -> {
      var response = context.response();
      vertx.executeBlocking(backend.metrics()::get, false)
        .onSuccess(text -> response.putHeader(HttpHeaders.CONTENT_TYPE, PROMETHEUS_TEXT)
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(text))
        .onFailure(failure -> Problem.of(failure).writeTo(response));
    });
    for (var path : new String[] {"/health/live", "/health/ready", "/metrics"}) {
      router.route(path).handler(context -> Api.refuseMethod(context, "GET"));
    }
  }

  /**
   * Not vertx-web's handler: that answers a check which failed by exception with 500, where a
   * supervisor expects 503.
   */
  private static void mountHealth(Router router, String path, HealthChecks checks) {
    router.get(path).handler(context -> checks.checkStatus()
      .onSuccess(result -> write(result, context.response()))
      .onFailure(failure -> Problem.of(failure).writeTo(context.response())));
  }

  private static void write(CheckResult result, HttpServerResponse response) {
    response.setStatusCode(CheckResult.isUp(result) ? 200 : 503)
      .putHeader(HttpHeaders.CONTENT_TYPE, BodyFormat.JSON)
      .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
      .end(result.toJson().toBuffer());
  }
}
