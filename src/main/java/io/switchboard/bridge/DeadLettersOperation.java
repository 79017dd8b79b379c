package io.switchboard.bridge;

import io.switchboard.task.DeadLetter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The tasks that are not handed out any more, the oldest first, with why. */
record DeadLettersOperation(Backend backend) implements Operation {
  private static final int MOST = 1_000;
  private static final int DEFAULT_COUNT = 100;

  @Override
  public HttpMethod method() {
    return HttpMethod.GET;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/dead";
  }

  @Override
  public Future<Answer> answer(Call call) {
    int max = (int) call.number("max", 1, MOST).orElse(DEFAULT_COUNT);
    return backend.tasks(call.exchange()).compose(exchange -> exchange.dead(max))
      .map(letters -> {
        var list = new JsonArray();
        letters.forEach(letter -> list.add(json(letter)));
        return Answer.ok(list);
      });
  }

  private static JsonObject json(DeadLetter letter) {
    return new JsonObject().put("id", letter.id().toString())
      .put("body", EmbeddedBody.of(letter.body())).put("bytes", letter.bytes())
      .put("leftOut", letter.isLeftOut()).put("attempts", letter.attempts())
      .put("priority", letter.priority()).put("key", letter.key())
      .put("reasons", new JsonArray(letter.reasons()))
      .put("headers", EmbeddedBody.of(letter.headers()));
  }
}
