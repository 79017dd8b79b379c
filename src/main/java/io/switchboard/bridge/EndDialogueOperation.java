package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** Ends a dialogue that began at this node, for both sides. */
record EndDialogueOperation(Backend backend) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.DELETE;
  }

  @Override
  public String path() {
    return AnswerOperation.PATH;
  }

  @Override
  public Future<Answer> answer(Call call) {
    backend.dialogues().get(call.pathWord("dialogue")).end();
    return Future.succeededFuture(Answer.status(204));
  }
}
