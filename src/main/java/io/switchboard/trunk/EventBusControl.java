package io.switchboard.trunk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Control messages over the event bus: one address for all nodes, one for each. */
final class EventBusControl implements Control {
  private static final String EVERYONE = "switchboard/hello";

  private final Vertx vertx;
  private final long self;
  private final List<MessageConsumer<JsonObject>> consumers = new ArrayList<>();
  private final Map<Long, MessageProducer<JsonObject>> producers = new HashMap<>();

  EventBusControl(Vertx vertx, long self) {
    this.vertx = vertx;
    this.self = self;
  }

  @Override
  public Future<Void> open(Consumer<JsonObject> receiver) {
    for (var address : List.of(Peer.controlAddress(self), EVERYONE)) {
      consumers.add(vertx.eventBus().consumer(
        address, message -> receiver.accept(message.body())));
    }
    return Future.all(consumers.stream().map(MessageConsumer::completion).toList()).mapEmpty();
  }

  @Override
  public void broadcast(JsonObject message) {
    vertx.eventBus().publish(EVERYONE, message);
  }

  @Override
  public Future<Void> send(long incarnation, JsonObject message) {
    return producers.computeIfAbsent(incarnation, absent ->
      vertx.eventBus().sender(Peer.controlAddress(incarnation))).write(message);
  }

  @Override
  public void forget(long incarnation) {
    producers.remove(incarnation);
  }

  @Override
  public Future<Void> close() {
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList()).mapEmpty();
  }
}
