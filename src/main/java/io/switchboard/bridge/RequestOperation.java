package io.switchboard.bridge;

import io.switchboard.exchange.Exchanges;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** Asks one worker and answers with its reply. */
record RequestOperation(Exchanges exchanges) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/request";
  }

  @Override
  public Future<Answer> answer(Call call) {
    return exchanges.requests(call.exchange()).request(call.body(), call.options())
      .map(reply -> Answer.reply(reply.body(), reply.headers()));
  }
}
