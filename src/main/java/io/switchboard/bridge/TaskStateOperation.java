package io.switchboard.bridge;

import io.switchboard.task.TaskId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** How one task stands; {@code gone} when the queue does not hold it. */
record TaskStateOperation(Backend backend) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.GET;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/tasks/:task";
  }

  @Override
  public Future<Answer> answer(Call call) {
    var id = TaskId.of(call.segment("task"));
    return backend.tasks(call.exchange()).compose(exchange -> exchange.state(id))
      .map(state -> Answer.ok(state.toJson()));
  }
}
