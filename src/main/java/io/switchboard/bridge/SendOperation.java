package io.switchboard.bridge;

import io.switchboard.exchange.Exchanges;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** A one-way message to one worker. */
record SendOperation(Exchanges exchanges) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/send";
  }

  @Override
  public Future<Answer> answer(Call call) {
    return exchanges.requests(call.exchange()).send(call.body(), call.options())
      .map(accepted -> Answer.status(202));
  }
}
