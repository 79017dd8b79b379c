package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** A one-way message to one worker. */
record SendOperation(Backend backend) implements Operation {
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
    var body = call.body();
    var options = call.options();
    return backend.requests(call.exchange())
      .compose(exchange -> exchange.send(body, options))
      .map(accepted -> Answer.status(202));
  }
}
