package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.task.TaskExchange;
import io.switchboard.task.TaskId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * What a client says of a task that it leased. A nack that does not say {@code requeue} leaves
 * the pause to the exchange; with {@code requeue=false} the task becomes a dead letter.
 */
record VerdictOperation(Backend backend, String verb) implements Operation {
  static final String ACK = "ack";
  static final String NACK = "nack";
  static final String EXTEND = "extend";
  private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/tasks/:task/" + verb;
  }

  @Override
  public Future<Answer> answer(Call call) {
    var id = TaskId.of(call.segment("task"));
    var body = call.jsonBody();
    var token = text(body, "token");
    if (token == null) {
      throw bad("the body needs the lease's \"token\"");
    }
    return backend.tasks(call.exchange()).compose(exchange -> switch (verb) {
      case ACK -> exchange.ack(id, token);
      case NACK -> nack(exchange, call, id, token, text(body, "reason"));
      default -> exchange.extend(id, token, span(body));
    }).map(done -> Answer.status(204));
  }

  private static Future<Void> nack(
    TaskExchange exchange, Call call, TaskId id, String token, String reason) {
    var delay = call.number("delayMs", 0, LONGEST_MILLIS);
    if (call.parameter("requeue") == null && delay.isEmpty()) {
      return exchange.nack(id, token, reason);
    }
    if (delay.isPresent() || call.flag("requeue")) {
      return exchange.requeue(id, token, Duration.ofMillis(delay.orElse(0)), reason);
    }
    return exchange.bury(id, token, reason);
  }

  private static String text(JsonObject body, String field) {
    var value = body.getValue(field);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw bad("\"" + field + "\" is text");
  }

  private static Duration span(JsonObject body) {
    if (body.getValue("ms") instanceof Number millis && millis.longValue() >= 1
      && millis.longValue() <= LONGEST_MILLIS) {
      return Duration.ofMillis(millis.longValue());
    }
    throw bad("\"ms\" is a number between 1 and " + LONGEST_MILLIS);
  }

  private static SwitchboardException bad(String detail) {
    return new SwitchboardException(FailureCode.BAD_REQUEST, detail);
  }
}
