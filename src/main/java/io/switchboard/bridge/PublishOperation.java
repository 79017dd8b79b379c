package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** Publishes an event under a routing key. */
record PublishOperation(Backend backend) implements Operation {
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
    var key = call.routingKey();
    var body = call.body();
    var options = call.headersOnly();
    return backend.topic(call.exchange())
      .compose(exchange -> exchange.publish(key, body, options))
      .map(accepted -> Answer.status(202));
  }
}
