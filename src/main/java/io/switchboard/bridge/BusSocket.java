package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.switchboard.message.Names;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One client of the event bus bridge protocol. A send to a request exchange is a request, a
 * publish goes to a topic under the header {@code key}, and a handler at {@code x/PATTERN}
 * subscribes. Belongs to one event loop.
 */
final class BusSocket {
  /** How an address stops being listened to. */
  private interface Listening {
    Future<?> end();
  }

  private final Backend backend;
  private final BridgeOptions options;
  private final PlainAddresses plain;
  private final BusWriter writer;
  private final Map<String, Future<Listening>> handlers = new HashMap<>();
  private int pending;

  BusSocket(
    Backend backend, BridgeOptions options, PlainAddresses plain, BusWriter writer) {
    this.backend = backend;
    this.options = options;
    this.plain = plain;
    this.writer = writer;
  }

  /** Takes what the client says. */
  void receive(Buffer data) {
    if (data.length() > options.frameLimit()) {
      writer.write(BusAnswers.failure(null, new SwitchboardException(FailureCode.TOO_LARGE,
        "a message has at most " + options.frameLimit() + " bytes (bridge.frameLimit)")));
      return;
    }
    var frame = BusFrame.parse(data.toString());
    if (frame instanceof BusFrame.Send send) {
      send(send);
    } else if (frame instanceof BusFrame.Publish publish) {
      publish(publish);
    } else if (frame instanceof BusFrame.Register register) {
      register(register.address());
    } else if (frame instanceof BusFrame.Unregister unregister) {
      unregister(unregister.address());
    } else if (frame instanceof BusFrame.Invalid invalid) {
      writer.write(BusAnswers.refusal(null, invalid.failureType(), invalid.message()));
    }
  }

  /** The client has gone: its handlers go too. */
  void close() {
    List.copyOf(handlers.keySet()).forEach(this::unregister);
    writer.close();
  }

  private void send(BusFrame.Send frame) {
    boolean isPlain = plain.maySendTo(frame.address());
    var replyAddress = frame.replyAddress();
    if (replyAddress == null) {
      attempt(frame.address(), null, () -> isPlain
        ? sendPlain(frame)
        : backend.requests(frame.address())
          .compose(exchange -> exchange.send(frame.body(), frame.options())));
    } else if (isPlain) {
      attempt(frame.address(), replyAddress, () -> plain.request(frame)
        .map(reply -> write(BusAnswers.plain(replyAddress, reply))));
    } else {
      attempt(frame.address(), replyAddress, () -> backend.requests(frame.address())
        .compose(exchange -> exchange.request(frame.body(), frame.options()))
        .map(reply -> write(BusAnswers.reply(replyAddress, reply))));
    }
  }

  private void publish(BusFrame.Publish frame) {
    if (plain.mayPublishTo(frame.address())) {
      attempt(frame.address(), null, () -> {
        plain.publish(frame);
        return Future.succeededFuture();
      });
      return;
    }
    var key = frame.headers().get("key");
    if (key == null) {
      writer.write(BusAnswers.failure(null, new SwitchboardException(FailureCode.BAD_REQUEST,
        "publishing to '" + frame.address() + "' needs the header 'key'")));
      return;
    }
    attempt(frame.address(), null, () ->
      backend.topic(frame.address())
        .compose(topic -> topic.publish(key, frame.body(), frame.options())));
  }

  private void register(String address) {
    if (handlers.size() >= options.handlersPerSocket()) {
      writer.write(BusAnswers.refusal(null, "HANDLERS_MAX_LIMIT",
        "Registration handlers exceed the maximum limit"));
      return;
    }
    if (handlers.containsKey(address)) {
      writer.write(BusAnswers.refusal(null, "ADDRESS_ALREADY_REGISTERED",
        "Address is already registered"));
      return;
    }
    var target = BusAddress.parse(address);
    attempt(target.exchange(), null, () -> {
      Future<Listening> listening = plain.mayListenAt(address)
        ? listenPlain(address) : listen(target);
      handlers.put(address, listening);
      return listening.onFailure(failed -> handlers.remove(address, listening));
    });
  }

  private void unregister(String address) {
    var listening = handlers.remove(address);
    if (listening != null) {
      writer.forget(address);
      listening.onSuccess(listener -> listener.end()
        .onFailure(failure -> writer.write(BusAnswers.failure(null, failure))));
    }
  }

  private Future<Listening> listenPlain(String address) {
    var consumer = plain.listen(address,
      message -> writer.writeEvent(address, BusAnswers.plain(address, message), 0));
    return consumer.completion().map(done -> consumer::unregister);
  }

  /** Subscribing from Java declares an absent topic; a browser may not. */
  private Future<Listening> listen(BusAddress target) {
    return backend.topic(target.exchange())
      .compose(topic -> topic.subscribe(target.pattern(), event -> writer.writeEvent(
        target.address(), BusAnswers.event(target.address(), event), event.lost())))
      .map(attachment -> attachment::detach);
  }

  private Future<Void> sendPlain(BusFrame.Send frame) {
    plain.send(frame);
    return Future.succeededFuture();
  }

  /** Runs one bounded operation and tells the client when it fails. */
  private void attempt(String address, String replyAddress, Supplier<Future<?>> operation) {
    if (pending >= options.pendingPerSocket()) {
      writer.write(BusAnswers.failure(replyAddress, new SwitchboardException(
        FailureCode.OVERLOADED, "this socket has " + pending + " operations unfinished")));
      return;
    }
    pending++;
    Future.succeededFuture().compose(now -> operation.get()).onComplete(done -> {
      pending--;
      if (done.failed()) {
        refuse(address, replyAddress, done.cause());
      }
    });
  }

  private Void write(Buffer frame) {
    writer.write(frame);
    return null;
  }

  /** What is no exchange is answered like anything that is not permitted. */
  private void refuse(String address, String replyAddress, Throwable cause) {
    boolean denied = cause instanceof SwitchboardException expected
      && (expected.code() == FailureCode.NO_EXCHANGE
      || expected.code() == FailureCode.BAD_REQUEST && !Names.isName(address));
    if (!denied) {
      writer.write(BusAnswers.failure(replyAddress, cause));
      return;
    }
    writer.write(BusAnswers.refusal(null, "ACCESS_DENIED", "Address access is denied"));
    if (replyAddress != null) {
      // The standard refusal names no address, and would leave the caller waiting for ever.
      writer.write(BusAnswers.refusal(replyAddress, "ACCESS_DENIED",
        "Address access is denied"));
    }
  }
}
