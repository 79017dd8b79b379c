package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** One exchange. */
record ExchangeOperation(Administration administration) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.GET;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange";
  }

  @Override
  public Future<Answer> answer(Call call) {
    return administration.exchange(call.exchange()).map(Answer::ok);
  }
}
