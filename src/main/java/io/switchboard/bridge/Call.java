package io.switchboard.bridge;

import io.switchboard.exchange.CallOptions;
import io.switchboard.message.Deadline;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Names;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.OptionalLong;

/** One request to the API, as an operation sees it. What is malformed throws BAD_REQUEST. */
final class Call {
  static final String DEADLINE = "Switchboard-Deadline-Ms";
  static final String KEY = "Switchboard-Key";

  private final RoutingContext context;
  private final Buffer body;

  Call(RoutingContext context, Buffer body) {
    this.context = context;
    this.body = body;
  }

  /** The exchange that the path names. */
  String exchange() {
    return Names.requireName(context.pathParam("exchange"));
  }

  /** A word of the path that the operation's path names. */
  String pathWord(String name) {
    return context.pathParam(name);
  }

  /** A word of the path that varies. */
  String segment(String name) {
    return context.pathParam(name);
  }

  /** A header of the request; null when absent. */
  String header(String name) {
    return context.request().getHeader(name);
  }

  /** A header that is a whole number within bounds. */
  int headerNumber(String name, int least, int most, int absent) {
    return (int) number(name, header(name), least, most).orElse(absent);
  }

  /** A query parameter that is a whole number within bounds; empty when absent. */
  OptionalLong number(String name, long least, long most) {
    return number("?" + name + "=", parameter(name), least, most);
  }

  private static OptionalLong number(String what, String text, long least, long most) {
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(text.trim());
      if (number >= least && number <= most) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException notANumber) {
      throw bad(what + " is a whole number, not '" + text + "'");
    }
    throw bad(what + " lies between " + least + " and " + most + ", not '" + text + "'");
  }

  /** A query parameter; null when absent. */
  String parameter(String name) {
    var values = context.queryParam(name);
    if (values.size() > 1) {
      throw bad("?" + name + "= is given more than once");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /** A query parameter that is true or false; false when absent. */
  boolean flag(String name) {
    var value = parameter(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true") || value.isEmpty()) {
      return true;
    }
    throw bad("?" + name + "= is true or false, not '" + value + "'");
  }

  /** The body by its content type. */
  Object body() {
    return BodyFormat.read(context.request().getHeader(HttpHeaders.CONTENT_TYPE), body);
  }

  /** The body as a JSON object, whatever its content type says. */
  JsonObject jsonBody() {
    if (BodyFormat.json(body) instanceof JsonObject object) {
      return object;
    }
    throw bad("the body is a JSON object here");
  }

  /** What the client would like to get; null when it does not say. */
  String accept() {
    return context.request().getHeader(HttpHeaders.ACCEPT);
  }

  /** Is run when the client goes away, and perhaps after its answer. */
  void onGone(Runnable action) {
    context.response().closeHandler(gone -> action.run());
  }

  /** Timeout, balancing key and message headers. */
  CallOptions options() {
    var request = context.request();
    return new CallOptions(timeout(request.getHeader(DEADLINE)), request.getHeader(KEY),
      MessageHeaders.read(request.headers()));
  }

  /** The message headers alone, for what has no deadline. */
  CallOptions headersOnly() {
    return CallOptions.DEFAULT.headers(MessageHeaders.read(context.request().headers()));
  }

  /** The routing key from {@code ?key=} or the header. */
  String routingKey() {
    var parameter = parameter("key");
    var header = context.request().getHeader(KEY);
    if (parameter == null && header == null) {
      throw bad("a routing key is needed: ?key= or the header " + KEY);
    }
    if (parameter != null && header != null && !parameter.equals(header)) {
      throw bad("?key= is '" + parameter + "', but the header " + KEY + " '" + header + "'");
    }
    return Names.requireRoutingKey(parameter != null ? parameter : header);
  }

  private static Duration timeout(String header) {
    if (header == null) {
      return null;
    }
    return Duration.ofMillis(
      number(DEADLINE, header, 1, Deadline.LONGEST.toMillis()).getAsLong());
  }

  private static SwitchboardException bad(String detail) {
    return new SwitchboardException(FailureCode.BAD_REQUEST, detail);
  }
}
