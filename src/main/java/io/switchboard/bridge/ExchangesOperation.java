package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** All exchanges with their workers and figures. */
record ExchangesOperation(Administration administration) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.GET;
  }

  @Override
  public String path() {
    return "/exchanges";
  }

  @Override
  public Future<Answer> answer(Call call) {
    return administration.exchanges().map(Answer::ok);
  }
}
