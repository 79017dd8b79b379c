package io.switchboard.topic;

import io.switchboard.exchange.CallOptions;
import io.switchboard.exchange.PlainMessages;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;

/** Publishes what plain event-bus code sends to a topic's address, by the key in its header. */
final class PlainPublish {
  private PlainPublish() {
  }

  static void take(TopicExchange topic, Message<Object> message) {
    var key = message.headers().get(PlainMessages.KEY);
    if (key == null) {
      var missing = new SwitchboardException(FailureCode.BAD_REQUEST,
        "a message to topic '" + topic.name() + "' needs the header 'key'");
      PlainMessages.report(topic.name(), Future.failedFuture(missing));
      PlainMessages.fail(message, missing);
      return;
    }
    var options = CallOptions.DEFAULT.headers(PlainMessages.headers(message));
    var published = topic.publish(key, message.body(), options);
    PlainMessages.report(topic.name(), published);
    if (message.replyAddress() != null) {
      published.onSuccess(done -> message.reply(null))
        .onFailure(failure -> PlainMessages.fail(message, failure));
    }
  }
}
