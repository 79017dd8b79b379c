package io.switchboard.bridge;

import io.switchboard.exchange.Reply;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.topic.Event;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the bridge says to a client, in the shapes of the event bus bridge protocol. */
final class BusAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(BusAnswers.class);
  private static final int OF_THE_BRIDGE = -1;

  private BusAnswers() {
  }

  static Buffer reply(String replyAddress, Reply reply) {
    return received(replyAddress, EmbeddedBody.of(reply.body()),
      EmbeddedBody.of(reply.headers()), null);
  }

  /** An event of a topic; its key travels as the header {@code key}. */
  static Buffer event(String address, Event event) {
    return received(address, EmbeddedBody.of(event.body()),
      EmbeddedBody.of(event.headers()).put("key", event.key()), null);
  }

  /** A message of the plain event bus, as Vert.x's own bridge would pass it on. */
  static Buffer plain(String address, Message<?> message) {
    var headers = new JsonObject();
    message.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    return received(address, message.body(), headers, message.replyAddress());
  }

  /** The bridge refuses. @param address whose callback is told; null for {@code onerror} */
  static Buffer refusal(String address, String failureType, String message) {
    return failure(address, OF_THE_BRIDGE, failureType, message);
  }

  /** The operation failed. @param address whose callback is told; null for {@code onerror} */
  static Buffer failure(String address, Throwable cause) {
    if (cause instanceof SwitchboardException expected) {
      return failure(address, expected.code().number(), "RECIPIENT_FAILURE",
        expected.code() + ": " + expected.getMessage());
    }
    if (cause instanceof ReplyException expected) {
      return failure(address, expected.failureCode(), expected.failureType().name(),
        expected.getMessage());
    }
    LOG.error("An operation of a SockJS client failed unexpectedly", cause);
    return failure(address, FailureCode.WORKER_FAILED.number(), "RECIPIENT_FAILURE",
      FailureCode.WORKER_FAILED + ": this node failed unexpectedly; its log says more");
  }

  /** The client was too slow: its handler's error argument says how much it missed. */
  static Buffer gap(String address, long lost) {
    return failureFrame(address, FailureCode.OVERLOADED.number(), "RECIPIENT_FAILURE",
      lost + " messages were lost because this client was too slow").put("lost", lost)
      .toBuffer();
  }

  private static Buffer received(
    String address, Object body, JsonObject headers, String replyAddress) {
    var frame = new JsonObject().put("type", "rec").put("address", address).put("body", body);
    if (replyAddress != null) {
      frame.put("replyAddress", replyAddress);
    }
    if (!headers.isEmpty()) {
      frame.put("headers", headers);
    }
    return frame.toBuffer();
  }

  private static Buffer failure(String address, int code, String type, String message) {
    return failureFrame(address, code, type, message).toBuffer();
  }

  private static JsonObject failureFrame(
    String address, int code, String type, String message) {
    var frame = new JsonObject().put("type", "err");
    if (address != null) {
      frame.put("address", address);
    }
    return frame.put("failureCode", code).put("failureType", type).put("message", message);
  }
}
