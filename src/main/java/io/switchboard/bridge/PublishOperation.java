package io.switchboard.bridge;

import io.switchboard.exchange.Exchanges;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** Publishes an event under a routing key. */
record PublishOperation(Exchanges exchanges) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/publish";
  }

  @Override
  public Future<Answer> answer(Call call) {
    return exchanges.topic(call.exchange())
      .publish(call.routingKey(), call.body(), call.headersOnly())
      .map(accepted -> Answer.status(202));
  }
}
