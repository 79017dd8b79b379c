package io.switchboard.exchange;

import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets plain event-bus code use exchanges: a request exchange answers at the address that
 * equals its name, a topic takes what is published there with the header {@code key}. Each
 * node does it with a local consumer, so a message is taken once, by the node where it was
 * sent, and the cluster's subscription map stays small. On the control lane.
 */
final class EventBusInterop {
  private static final Logger LOG = LoggerFactory.getLogger(EventBusInterop.class);
  private static final String KEY = "key";

  private final Core core;
  private final Exchanges exchanges;
  private final Map<String, Served> served = new HashMap<>();

  private record Served(Kind kind, MessageConsumer<Object> consumer) {
  }

  EventBusInterop(Core core, Exchanges exchanges) {
    this.core = core;
    this.exchanges = exchanges;
  }

  void changed(Set<String> names) {
    var table = core.directory.routes();
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
    switch (kind) {
      case REQUEST -> served.put(name, new Served(kind, core.vertx.eventBus().localConsumer(
        name, message -> answer(exchanges.requests(name), message))));
      case TOPIC -> served.put(name, new Served(kind, core.vertx.eventBus().localConsumer(
        name, message -> publish(exchanges.topic(name), message))));
      // Entries are emitted by whoever holds the exchange; the bus has no word for it.
      case COLLECT, TASK -> { }
    }
  }

  private static void answer(RequestExchange exchange, Message<Object> message) {
    var options = CallOptions.DEFAULT.headers(headers(message.headers()));
    if (message.replyAddress() == null) {
      report(exchange.name(), exchange.send(message.body(), options));
      return;
    }
    exchange.request(message.body(), options)
      .onSuccess(reply -> message.reply(reply.body()))
      .onFailure(failure -> fail(message, failure));
  }

  private static void publish(TopicExchange exchange, Message<Object> message) {
    var key = message.headers().get(KEY);
    if (key == null) {
      var missing = new SwitchboardException(FailureCode.BAD_REQUEST,
        "a message to topic '" + exchange.name() + "' needs the header 'key'");
      report(exchange.name(), Future.failedFuture(missing));
      fail(message, missing);
      return;
    }
    var headers = headers(message.headers());
    var published = exchange.publish(key, message.body(), CallOptions.DEFAULT.headers(headers));
    report(exchange.name(), published);
    if (message.replyAddress() != null) {
      published.onSuccess(done -> message.reply(null))
        .onFailure(failure -> fail(message, failure));
    }
  }

  private static void report(String exchange, Future<Void> outcome) {
    outcome.onFailure(failure -> LOG.warn(
      "A message from the event bus did not get into exchange {}: {}", exchange,
      failure.toString()));
  }

  private static void fail(Message<Object> message, Throwable failure) {
    int code = failure instanceof SwitchboardException known ? known.code().number()
      : FailureCode.WORKER_FAILED.number();
    message.fail(code, failure.toString());
  }

  private static Headers headers(MultiMap values) {
    var headers = new LinkedHashMap<String, String>();
    values.forEach(entry -> {
      if (!entry.getKey().equals(KEY)) {
        headers.put(entry.getKey(), entry.getValue());
      }
    });
    return Headers.of(headers);
  }

  void close() {
    served.values().forEach(each -> each.consumer.unregister());
    served.clear();
  }
}
