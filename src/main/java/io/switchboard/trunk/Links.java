package io.switchboard.trunk;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** The links of a node, of which each peer takes the best that both sides have. */
final class Links implements Link {
  private final LinkChoice choice;
  private final SocketLink sockets;
  private final EventBusLink bus;
  private List<Integer> ports = List.of();

  Links(LinkChoice choice, SocketLink sockets, EventBusLink bus) {
    this.choice = choice;
    this.sockets = sockets;
    this.bus = bus;
  }

  @Override
  public Future<Void> open(Receiver receiver) {
    return bus.open(receiver).compose(opened -> choice == LinkChoice.EVENTBUS
      ? Future.succeededFuture()
      : sockets.open(receiver).onSuccess(listening -> ports = listening).mapEmpty());
  }

  /** Where this node's lanes can be dialled; empty without sockets. */
  List<Integer> ports() {
    return ports;
  }

  @Override
  public Way to(Peer peer, int peerLane, Consumer<Throwable> onLost) {
    if (choice == LinkChoice.EVENTBUS || peer.ports().isEmpty()) {
      return bus.to(peer, peerLane, onLost);
    }
    return sockets.to(peer, peerLane, onLost,
      () -> choice == LinkChoice.SOCKET ? null : bus.to(peer, peerLane, onLost));
  }

  @Override
  public Future<Void> close() {
    return bus.close().eventually(sockets::close);
  }
}
