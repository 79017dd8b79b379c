package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** The verticles of all nodes. */
record VerticlesOperation(Administration administration) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.GET;
  }

  @Override
  public String path() {
    return "/verticles";
  }

  @Override
  public Future<Answer> answer(Call call) {
    return administration.verticles().map(Answer::ok);
  }
}
