package io.switchboard.exchange;

import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.util.LinkedHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What plain event-bus code sends to the address that is an exchange's name: what every kind of
 * exchange makes of such a message. Any thread.
 */
public final class PlainMessages {
  /** The header that carries the routing key; it is none of the message's own. */
  public static final String KEY = "key";

  private static final Logger LOG = LoggerFactory.getLogger(PlainMessages.class);

  private PlainMessages() {
  }

  /** The message's own headers. Throws BAD_REQUEST for those that cannot travel. */
  public static Headers headers(Message<?> message) {
    var headers = new LinkedHashMap<String, String>();
    message.headers().forEach(entry -> {
      if (!entry.getKey().equals(KEY)) {
        headers.put(entry.getKey(), entry.getValue());
      }
    });
    return Headers.of(headers);
  }

  /** Logs it when the message does not get into the exchange. */
  public static void report(String exchange, Future<Void> outcome) {
    outcome.onFailure(failure -> LOG.warn(
      "A message from the event bus did not get into exchange {}: {}", exchange,
      failure.toString()));
  }

  /** Tells the sender, if he waits for a reply, with the number of the failure's code. */
  public static void fail(Message<?> message, Throwable failure) {
    int code = failure instanceof SwitchboardException known ? known.code().number()
      : FailureCode.WORKER_FAILED.number();
    message.fail(code, failure.toString());
  }
}
