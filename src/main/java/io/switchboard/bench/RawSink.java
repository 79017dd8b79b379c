package io.switchboard.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;

/** Takes bytes from a plain TCP socket; a new connection begins to count anew. */
final class RawSink extends VerticleBase {
  private final Arrivals arrivals = new Arrivals(count -> { });
  private NetServer server;

  @Override
  public Future<?> start() {
    server = vertx.createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(0));
    return server.connectHandler(socket -> {
      arrivals.begin(1);
      socket.handler(bytes -> arrivals.arrived(bytes.length()));
    }).listen();
  }

  /** Where it listens, and what the last connection has brought, in bytes. */
  JsonObject report() {
    return arrivals.report().put("port", server.actualPort());
  }
}
