package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** Begins a dialogue with one worker; the answer shows its questions as they come. */
record ConverseOperation(Backend backend) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/converse";
  }

  @Override
  public Future<Answer> answer(Call call) {
    var body = call.body();
    var options = call.options();
    return backend.requests(call.exchange()).map(exchange -> response -> {
      if (!response.closed()) {
        new DialogueResponse(response, backend.dialogues()).start(exchange, body, options);
      }
    });
  }
}
