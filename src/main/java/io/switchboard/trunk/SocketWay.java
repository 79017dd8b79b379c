package io.switchboard.trunk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane's own socket to one lane of a peer; dialled at the first batch. When it cannot be
 * dialled the batches go the other way, if there is one; when it closes later, that is news of
 * the peer, and the next batch dials again.
 */
final class SocketWay implements Link.Way {
  private static final Logger LOG = LoggerFactory.getLogger(SocketWay.class);

  private static final long ANSWER_LIMIT_MILLIS = 2_000;

  private final Vertx vertx;
  private final NetClient client;
  private final Peer peer;
  private final int peerLane;
  private final Consumer<Throwable> onLost;
  private final Supplier<Link.Way> otherwise;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  /** Counts the dials; one that is not the last comes too late. */
  private int dials;
  private boolean dialling;
  private NetSocket socket;
  private Link.Way detour;

  private record Waiting(Buffer batch, Promise<Void> sent) {
  }

  /** @param otherwise gives another way, or null where there is none */
  SocketWay(Vertx vertx, NetClient client, Peer peer, int peerLane,
    Consumer<Throwable> onLost, Supplier<Link.Way> otherwise) {
    this.vertx = vertx;
    this.client = client;
    this.peer = peer;
    this.peerLane = peerLane;
    this.onLost = onLost;
    this.otherwise = otherwise;
  }

  @Override
  public Future<Void> send(Buffer batch) {
    if (socket != null) {
      return socket.write(batch);
    }
    if (detour != null) {
      return detour.send(batch);
    }
    var entry = new Waiting(batch, Promise.promise());
    waiting.add(entry);
    if (!dialling) {
      dialling = true;
      dial();
    }
    return entry.sent.future();
  }

  private void dial() {
    int dial = ++dials;
    client.connect(peer.ports().get(peerLane), peer.host()).compose(this::greet)
      .onSuccess(accepted -> opened(dial, accepted))
      .onFailure(reason -> notOpened(dial, reason));
  }

  private Future<NetSocket> greet(NetSocket dialled) {
    Promise<NetSocket> accepted = Promise.promise();
    // A process that stands still accepts connections, and says nothing.
    long patience = vertx.setTimer(ANSWER_LIMIT_MILLIS, id -> dialled.close());
    accepted.future().onComplete(answered -> vertx.cancelTimer(patience));
    dialled.handler(answer -> {
      if (SocketHandshake.isAnswer(answer)) {
        accepted.tryComplete(dialled);
      } else {
        dialled.close();
      }
    });
    dialled.exceptionHandler(failure -> LOG.debug("Socket to {}", peer.name(), failure));
    dialled.closeHandler(closed -> {
      accepted.tryFail("the other side closed the connection");
      if (socket == dialled) {
        socket = null;
        onLost.accept(new ClosedChannelException());
      }
    });
    dialled.write(SocketHandshake.greeting(peer.incarnation()))
      .onFailure(accepted::tryFail);
    return accepted.future();
  }

  private void opened(int dial, NetSocket accepted) {
    if (dial != dials) {
      accepted.close();
      return;
    }
    dialling = false;
    socket = accepted;
    while (!waiting.isEmpty()) {
      var next = waiting.remove();
      accepted.write(next.batch).onComplete(next.sent);
    }
  }

  private void notOpened(int dial, Throwable reason) {
    if (dial != dials) {
      return;
    }
    dialling = false;
    detour = otherwise.get();
    if (detour != null) {
      LOG.info("Node {} cannot be dialled ({}); its batches take the event bus",
        peer.name(), reason.getMessage());
    }
    while (!waiting.isEmpty()) {
      var next = waiting.remove();
      if (detour == null) {
        next.sent.fail(reason);
      } else {
        detour.send(next.batch).onComplete(next.sent);
      }
    }
  }

  @Override
  public void close() {
    dials++;
    dialling = false;
    waiting.clear();
    var open = socket;
    socket = null;
    // A peer that could not be dialled once may be dialled again.
    detour = null;
    if (open != null) {
      open.close();
    }
  }
}
