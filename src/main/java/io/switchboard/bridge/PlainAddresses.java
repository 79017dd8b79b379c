package io.switchboard.bridge;

import io.switchboard.message.Headers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One socket's use of plain event-bus addresses, as far as the configuration permits them. As in
 * Vert.x's own bridge, whoever was asked may answer: the address of an answer that is waited for
 * is open to this socket until the answer, or until many later ones have taken its place.
 */
final class PlainAddresses {
  private final EventBus eventBus;
  private final BridgeOptions options;
  private final Map<String, Message<?>> awaitingAnswer;

  PlainAddresses(EventBus eventBus, BridgeOptions options) {
    this.eventBus = eventBus;
    this.options = options;
    this.awaitingAnswer = new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Message<?>> eldest) {
        return size() > options.pendingPerSocket();
      }
    };
  }

  boolean maySendTo(String address) {
    return options.permitInbound().contains(address) || awaitingAnswer.containsKey(address);
  }

  boolean mayPublishTo(String address) {
    return options.permitInbound().contains(address);
  }

  boolean mayListenAt(String address) {
    return options.permitOutbound().contains(address);
  }

  /** One-way: to one consumer, or as the answer that somebody waits for. */
  void send(BusFrame.Send frame) {
    var asked = awaitingAnswer.remove(frame.address());
    if (asked != null) {
      asked.reply(frame.body(), delivery(frame.headers()));
    } else {
      eventBus.send(frame.address(), frame.body(), delivery(frame.headers()));
    }
  }

  Future<Message<Object>> request(BusFrame.Send frame) {
    var asked = awaitingAnswer.remove(frame.address());
    Future<Message<Object>> answer = asked != null
      ? asked.replyAndRequest(frame.body(), delivery(frame.headers()))
      : eventBus.request(frame.address(), frame.body(), delivery(frame.headers()));
    return answer.map(message -> {
      remember(message);
      return message;
    });
  }

  void publish(BusFrame.Publish frame) {
    eventBus.publish(frame.address(), frame.body(), delivery(frame.headers()));
  }

  /** The handler is called on this context; unregister the consumer when done. */
  MessageConsumer<Object> listen(String address, Handler<Message<Object>> handler) {
    return eventBus.consumer(address, message -> {
      remember(message);
      handler.handle(message);
    });
  }

  private void remember(Message<?> message) {
    if (message.replyAddress() != null) {
      awaitingAnswer.put(message.replyAddress(), message);
    }
  }

  private DeliveryOptions delivery(Headers headers) {
    var delivery = new DeliveryOptions().setSendTimeout(options.replyTimeout().toMillis());
    headers.asMap().forEach(delivery::addHeader);
    return delivery;
  }
}
