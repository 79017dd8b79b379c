package io.switchboard.bridge;

import io.switchboard.message.Span;
import io.switchboard.task.SubmitOptions;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Submits a task; accepted only once it is stored on the queue's owner and its backups. */
record SubmitOperation(Backend backend) implements Operation {
  private static final String PRIORITY = "Switchboard-Priority";
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final long LONGEST_MILLIS = Span.LONGEST.toMillis();

  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/tasks";
  }

  @Override
  public Future<Answer> answer(Call call) {
    var body = call.body();
    var options = options(call);
    return backend.tasks(call.exchange())
      .compose(exchange -> exchange.submit(body, options))
      .map(id -> Answer.of(202, new JsonObject().put("id", id.toString())));
  }

  private static SubmitOptions options(Call call) {
    var message = call.options();
    var ttl = call.number("ttlMs", 1, LONGEST_MILLIS);
    return SubmitOptions.priority(call.headerNumber(PRIORITY, SubmitOptions.LOWEST_PRIORITY,
        SubmitOptions.HIGHEST_PRIORITY, SubmitOptions.DEFAULT_PRIORITY))
      .delay(Duration.ofMillis(call.number("delayMs", 0, LONGEST_MILLIS).orElse(0)))
      .deadline(ttl.isPresent() ? Duration.ofMillis(ttl.getAsLong()) : null)
      .key(message.key()).idempotencyKey(call.header(IDEMPOTENCY_KEY))
      .headers(message.headers()).timeout(message.timeout());
  }
}
