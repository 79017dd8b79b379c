package io.switchboard.bridge;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.vertx.ext.web.handler.sockjs.Transport;

/**
 * {@code /eventbus}: SockJS with the event bus bridge protocol on it, over its WebSocket
 * transports. Not vertx-web's own
 * bridge: that registers every browser's handler in the cluster, and buffers without a bound
 * for one that reads slowly.
 */
final class EventBusSockets {
  private final Vertx vertx;
  private final Backend backend;
  private final BridgeOptions options;
  private final OpenStreams streams;

  EventBusSockets(
    Vertx vertx, Backend backend, BridgeOptions options, OpenStreams streams) {
    this.vertx = vertx;
    this.backend = backend;
    this.options = options;
    this.streams = streams;
  }

  void mount(Router router, String path) {
    // A fallback session's requests come on several connections, and so on several event loops;
    // vertx-web's session is not safe for that and loses messages. The script and frame loads
    // among them do not even say which page asks. Every browser in use has WebSockets.
    var sockJs = SockJSHandler.create(vertx, new SockJSHandlerOptions()
      .setRegisterWriteHandler(false)
      .setInsertJSESSIONID(false)
      .addDisabledTransport(Transport.XHR.name())
      .addDisabledTransport(Transport.EVENT_SOURCE.name())
      .addDisabledTransport(Transport.JSON_P.name())
      .addDisabledTransport(Transport.HTML_FILE.name()));
    router.route(path).subRouter(sockJs.socketHandler(this::open));
  }

  /** SockJS wraps frames into a JSON array of strings, in which every quote is escaped. */
  static int maxMessage(BridgeOptions options) {
    return (int) Math.min(Integer.MAX_VALUE, 2L * options.frameLimit() + 1_024);
  }

  private void open(SockJSSocket socket) {
    var writer = new BusWriter(socket, options.socketBuffer());
    var client = new BusSocket(backend, options,
      new PlainAddresses(vertx.eventBus(), options), writer);
    var silence = new Silence(vertx, options.pingTimeout(), socket::close);
    OpenStreams.Stream stream = socket::close;
    streams.add(stream);
    socket.handler(data -> {
      silence.heard();
      client.receive(data);
    });
    // The close handler follows.
    socket.exceptionHandler(broken -> silence.heard());
    socket.closeHandler(gone -> {
      streams.remove(stream);
      silence.stop();
      client.close();
    });
  }
}
