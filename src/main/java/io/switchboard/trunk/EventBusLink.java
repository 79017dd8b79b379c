package io.switchboard.trunk;

import io.switchboard.lane.Lanes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries batches as Buffer bodies to one event-bus address for each node and lane: it works
 * wherever the cluster works. All batches of two nodes share the event bus's one connection,
 * so a control message waits behind the data that is under way; credit bounds how much that is.
 */
final class EventBusLink implements Link {
  private final Vertx vertx;
  private final Lanes lanes;
  private final Peer self;
  private final List<MessageConsumer<Buffer>> consumers = new ArrayList<>();

  EventBusLink(Vertx vertx, Lanes lanes, Peer self) {
    this.vertx = vertx;
    this.lanes = lanes;
    this.self = self;
  }

  @Override
  public Future<Void> open(Receiver receiver) {
    var registered = new ArrayList<Future<Void>>();
    for (int i = 0; i < lanes.count(); i++) {
      var lane = lanes.get(i);
      Promise<Void> ready = Promise.promise();
      lane.context().runOnContext(ignored -> {
        MessageConsumer<Buffer> consumer = vertx.eventBus().consumer(
          self.laneAddress(lane.index()), message -> receiver.receive(lane, message.body()));
        consumer.completion().onComplete(ready);
        synchronized (consumers) {
          consumers.add(consumer);
        }
      });
      registered.add(ready.future());
    }
    return Future.all(registered).mapEmpty();
  }

  @Override
  public Way to(Peer peer, int peerLane, Consumer<Throwable> onLost) {
    MessageProducer<Buffer> producer = vertx.eventBus().sender(peer.laneAddress(peerLane));
    return new Way() {
      @Override
      public Future<Void> send(Buffer batch) {
        return producer.write(batch);
      }

      @Override
      public void close() {
        producer.close();
      }
    };
  }

  @Override
  public Future<Void> close() {
    List<MessageConsumer<Buffer>> open;
    synchronized (consumers) {
      open = List.copyOf(consumers);
      consumers.clear();
    }
    return Future.join(open.stream().map(MessageConsumer::unregister).toList()).mapEmpty();
  }
}
