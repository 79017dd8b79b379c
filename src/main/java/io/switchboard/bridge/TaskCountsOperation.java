package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** How a task exchange stands. */
record TaskCountsOperation(Backend backend) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.GET;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/tasks";
  }

  @Override
  public Future<Answer> answer(Call call) {
    return backend.tasks(call.exchange()).compose(exchange -> exchange.counts())
      .map(counts -> Answer.ok(counts.toJson()));
  }
}
