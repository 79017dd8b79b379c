package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** Asks one worker and answers with its reply; a client that goes away gives it up. */
record RequestOperation(Backend backend) implements Operation {
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
    var body = call.body();
    var options = call.options();
    return backend.requests(call.exchange())
      .compose(exchange -> {
        var open = exchange.open(body, options);
        call.onGone(open::cancel);
        return open.reply();
      })
      .map(reply -> Answer.reply(reply.body(), reply.headers()));
  }
}
