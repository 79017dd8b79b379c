package io.switchboard.trunk;

import io.switchboard.lane.Lane;
import io.switchboard.lane.Lanes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries batches over the lanes' own sockets: every lane listens on a port of its own and
 * dials the peer's lanes itself, so that a batch never leaves its event loop on the way. The
 * transport gives back-pressure, and a closed socket is instant news.
 */
final class SocketLink {
  private static final Logger LOG = LoggerFactory.getLogger(SocketLink.class);
  private static final int CONNECT_LIMIT_MILLIS = 2_000;

  private final Vertx vertx;
  private final Lanes lanes;
  private final String host;
  private final LongSupplier self;
  /** Kept here: a client that nobody refers to is closed by the garbage collector. */
  private final NetClient client;
  private final NetServer[] servers;
  private final Strangers strangers;

  /** @param self this node's incarnation */
  SocketLink(Vertx vertx, Lanes lanes, String host, LongSupplier self) {
    this.vertx = vertx;
    this.lanes = lanes;
    this.host = host;
    this.self = self;
    client = vertx.createNetClient(new NetClientOptions()
      .setConnectTimeout(CONNECT_LIMIT_MILLIS).setTcpNoDelay(true).setTcpKeepAlive(true)
      .setReconnectAttempts(0));
    servers = new NetServer[lanes.count()];
    strangers = new Strangers(vertx);
  }

  /** Listens; gives the port of each lane. */
  Future<List<Integer>> open(Link.Receiver receiver) {
    var listening = lanes.all().stream().map(lane -> listen(lane, receiver)).toList();
    return Future.all(listening).map(all ->
      Arrays.stream(servers).map(NetServer::actualPort).toList());
  }

  private Future<Void> listen(Lane lane, Link.Receiver receiver) {
    Promise<Void> listening = Promise.promise();
    lane.context().runOnContext(ignored -> {
      var server = vertx.createNetServer(
        // A peer whose machine died says no goodbye.
        new NetServerOptions().setHost(host).setPort(0).setTcpNoDelay(true)
          .setTcpKeepAlive(true));
      servers[lane.index()] = server;
      server.connectHandler(socket -> {
        if (!strangers.admit(socket)) {
          return;
        }
        var reader = new SocketReader(lane, self.getAsLong(), socket, receiver, strangers);
        // A connection that breaks closes; its own side of the trunk hears of it.
        socket.exceptionHandler(broken -> LOG.debug("Socket from {}: {}",
          socket.remoteAddress(), broken.getMessage()));
        socket.handler(reader::read);
      }).listen().<Void>mapEmpty().onComplete(listening);
    });
    return listening.future();
  }

  /** A way to a peer that has told its ports; on the lane's thread. */
  Link.Way to(Peer peer, int peerLane, Consumer<Throwable> onLost,
    Supplier<Link.Way> otherwise) {
    return new SocketWay(vertx, client, peer, peerLane, onLost, otherwise);
  }

  Future<Void> close() {
    var closed = Arrays.stream(servers).filter(server -> server != null)
      .map(NetServer::close).toList();
    return Future.join(closed).eventually(client::close).mapEmpty();
  }
}
