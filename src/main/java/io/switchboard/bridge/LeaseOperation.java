package io.switchboard.bridge;

import io.switchboard.task.Task;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases tasks to a client, which speaks the verdicts with their tokens; waits for the first. */
record LeaseOperation(Backend backend) implements Operation {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseOperation.class);
  private static final int MOST_TASKS = 1_000;
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/tasks/lease";
  }

  @Override
  public Future<Answer> answer(Call call) {
    int max = (int) call.number("max", 1, MOST_TASKS).orElse(1);
    long wait = call.number("waitMs", 0, LONGEST_WAIT_MILLIS).orElse(0);
    Promise<Void> gone = Promise.promise();
    call.onGone(gone::tryComplete);
    return backend.tasks(call.exchange())
      .compose(exchange -> exchange.lease(max, Duration.ofMillis(wait), gone.future()))
      .map(tasks -> response -> write(tasks, response));
  }

  private static void write(List<Task> tasks, HttpServerResponse response) {
    if (response.closed()) {
      giveBack(tasks);
      return;
    }
    var list = new JsonArray();
    tasks.forEach(task -> list.add(json(task)));
    Answer.ok(list).writeTo(response);
  }

  /** Whoever asked has gone, and has seen none of it: that was no attempt. */
  private static void giveBack(List<Task> tasks) {
    tasks.forEach(task -> task.giveBack()
      .onFailure(failure -> LOG.warn("Task {} waits for its lease to end: {}", task.id(),
        failure.toString())));
  }

  private static JsonObject json(Task task) {
    return new JsonObject().put("id", task.id().toString()).put("token", task.token())
      .put("body", EmbeddedBody.of(task.body())).put("attempt", task.attempt())
      .put("priority", task.priority()).put("headers", EmbeddedBody.of(task.headers()));
  }
}
