package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** Asks one worker for an answer in chunks, and passes them on as they come. */
record StreamOperation(Backend backend) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/stream";
  }

  @Override
  public Future<Answer> answer(Call call) {
    var body = call.body();
    var options = call.options();
    var format = ChunkFormat.accepted(call.accept());
    return backend.requests(call.exchange()).map(exchange -> response -> {
      if (!response.closed()) {
        new ChunkResponse(exchange.stream(body, options), format, response).start();
      }
    });
  }
}
