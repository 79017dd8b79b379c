package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** Emits an entry to the active collector. */
record EmitOperation(Backend backend) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/emit";
  }

  @Override
  public Future<Answer> answer(Call call) {
    var body = call.body();
    var options = call.headersOnly();
    return backend.collect(call.exchange())
      .compose(exchange -> exchange.emit(body, options))
      .map(accepted -> Answer.status(202));
  }
}
