package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.switchboard.task.TaskId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** Hands a dead letter out again (POST …/requeue), or drops it (DELETE). */
record DeadLetterOperation(Backend backend, HttpMethod method) implements Operation {
  @Override
  public String path() {
    var letter = "/exchanges/:exchange/dead/:task";
    return method == HttpMethod.POST ? letter + "/requeue" : letter;
  }

  @Override
  public Future<Answer> answer(Call call) {
    var id = TaskId.of(call.segment("task"));
    return backend.tasks(call.exchange())
      .compose(exchange -> method == HttpMethod.POST ? exchange.revive(id) : exchange.drop(id))
      .map(found -> found ? Answer.status(204) : absent(id));
  }

  private static Answer absent(TaskId id) {
    return response -> Problem.of(404, FailureCode.BAD_REQUEST, "no dead letter " + id)
      .writeTo(response);
  }
}
