package io.switchboard.exchange;

import io.switchboard.routing.Directory;
import io.switchboard.routing.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Lets plain event-bus code use exchanges: what is sent to the address that equals an exchange's
 * name goes to whoever takes it for the exchange's kind; a request exchange answers it. Each
 * node does it with a local consumer, so a message is taken once, by the node where it was
 * sent, and the cluster's subscription map stays small. On the control lane.
 */
final class EventBusInterop {
  private final Vertx vertx;
  private final Directory directory;
  private final Map<Kind, BiConsumer<String, Message<Object>>> takers = new EnumMap<>(Kind.class);
  private final Map<String, Served> served = new HashMap<>();

  private record Served(Kind kind, MessageConsumer<Object> consumer) {
  }

  EventBusInterop(Vertx vertx, Directory directory) {
    this.vertx = vertx;
    this.directory = directory;
  }

  /** To be called before any exchange is known. A kind that nobody takes for has no address. */
  void take(Kind kind, BiConsumer<String, Message<Object>> taker) {
    takers.put(kind, taker);
  }

  void changed(Set<String> names) {
    var table = directory.routes();
    for (var name : names) {
      var route = table.route(name);
      var kind = route == null ? null : route.declaration().kind();
      var before = served.get(name);
      if (before != null && before.kind != kind) {
        before.consumer.unregister();
        served.remove(name);
      }
      if (kind != null && !served.containsKey(name)) {
        serve(name, kind);
      }
    }
  }

  private void serve(String name, Kind kind) {
    var taker = takers.get(kind);
    if (taker != null) {
      served.put(name, new Served(kind, vertx.eventBus().localConsumer(
        name, message -> taker.accept(name, message))));
    }
  }

  static void answer(RequestExchange exchange, Message<Object> message) {
    var options = CallOptions.DEFAULT.headers(PlainMessages.headers(message));
    if (message.replyAddress() == null) {
      PlainMessages.report(exchange.name(), exchange.send(message.body(), options));
      return;
    }
    exchange.request(message.body(), options)
      .onSuccess(reply -> message.reply(reply.body()))
      .onFailure(failure -> PlainMessages.fail(message, failure));
  }
}
