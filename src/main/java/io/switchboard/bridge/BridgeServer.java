package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One event loop's share of the bridge: its own server, router and streams. */
final class BridgeServer extends VerticleBase {
  /** What the servers of one bridge have in common. */
  record Plan(HttpOptions http, BridgeOptions bridge, String host, SocketAddress at, String webroot,
    Backend backend, AtomicInteger openConnections) {
  }

  private final Plan plan;
  private final OpenStreams streams = new OpenStreams();
  private HttpServer server;

  BridgeServer(Plan plan) {
    this.plan = plan;
  }

  @Override
  public Future<?> start() {
    var connections = new Connections(vertx, plan.http(), plan.openConnections());
    server = vertx.createHttpServer(serverOptions())
      .connectionHandler(connections::admit)
      .invalidRequestHandler(BridgeServer::refuseMalformed)
      .requestHandler(router(connections));
    return server.listen(plan.at());
  }

  /** The port, once started. */
  int port() {
    return server.actualPort();
  }

  /** Takes nothing new, ends what would go on for ever, waits for what is in hand. */
  @Override
  public Future<?> stop() {
    streams.endAll();
    return server.shutdown(plan.http().stopTimeout());
  }

  private HttpServerOptions serverOptions() {
    int maxMessage = EventBusSockets.maxMessage(plan.bridge());
    return new HttpServerOptions()
      .setHttp2ClearTextEnabled(false)
      .setTcpNoDelay(true)
      .setMaxWebSocketFrameSize(maxMessage)
      .setMaxWebSocketMessageSize(maxMessage);
  }

  private Router router(Connections connections) {
    var http = plan.http();
    var hosts = new HostPolicy(List.of(plan.host()), this::port, http.allowedHosts(),
      http.allowedOrigins());
    var token = new TokenCheck(http.token());
    var router = Router.router(vertx);
    router.route().handler(connections::begin).handler(Console::protect)
      .failureHandler(BridgeServer::refuseFailed);
    router.route().handler(new Gate(hosts));
    router.route("/api/*").handler(token);
    router.route("/api/v1/*")
      .subRouter(new Api(vertx, http, plan.backend(), streams).router());
    router.route("/api/*").handler(BridgeServer::refuseUnknown);
    router.route("/eventbus/*").handler(token);
    new EventBusSockets(vertx, plan.backend(), plan.bridge(), streams)
      .mount(router, "/eventbus/*");
    Probes.mount(router, vertx, plan.backend());
    Console.mount(router, plan.webroot());
    router.route("/").handler(context -> Api.refuseMethod(context, "GET, HEAD"));
    router.route().handler(BridgeServer::refuseUnknown);
    return router;
  }

  private static void refuseUnknown(RoutingContext context) {
    Problem.of(404, FailureCode.BAD_REQUEST, "there is nothing at " + context.request().path())
      .writeTo(context.response());
  }

  /** What a handler threw, or vertx-web refused by status. */
  private static void refuseFailed(RoutingContext context) {
    int status = context.statusCode();
    var problem = status == 413
      ? Problem.of(FailureCode.TOO_LARGE, "the body is over the limit")
      : status >= 400 && status < 500
      ? Problem.of(status, FailureCode.BAD_REQUEST, "the request is malformed")
      : Problem.of(context.failure());
    problem.writeTo(context.response());
  }

  private static void refuseMalformed(HttpServerRequest request) {
    var cause = request.decoderResult().cause();
    var problem = cause instanceof TooLongHttpLineException
      ? Problem.of(414, FailureCode.TOO_LARGE, "the request line is too long")
      : cause instanceof TooLongHttpHeaderException
      ? Problem.of(431, FailureCode.TOO_LARGE, "the headers are too large")
      : Problem.of(FailureCode.BAD_REQUEST, "the request is not HTTP: "
        + (cause == null ? "malformed" : cause.getMessage()));
    var connection = request.connection();
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    problem.writeTo(request.response());
    connection.close();
  }
}
