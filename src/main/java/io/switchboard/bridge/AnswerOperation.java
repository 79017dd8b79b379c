package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** Answers the open question of a dialogue that began at this node. */
record AnswerOperation(Backend backend) implements Operation {
  static final String PATH = "/exchanges/:exchange/converse/:dialogue";

  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Future<Answer> answer(Call call) {
    backend.dialogues().get(call.pathWord("dialogue")).answer(call.body());
    return Future.succeededFuture(Answer.status(202));
  }
}
