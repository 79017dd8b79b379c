package io.switchboard.bridge;

import io.switchboard.exchange.CallOptions;
import io.switchboard.exchange.OpenRequest;
import io.switchboard.exchange.Question;
import io.switchboard.exchange.Reply;
import io.switchboard.exchange.RequestExchange;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A dialogue as server-sent events: each {@code question} of the worker, then its
 * {@code reply} or an {@code error}. The client answers with requests of their own, which may
 * come in on any event loop; all else belongs to the response's.
 */
final class DialogueResponse implements Dialogues.Dialogue {
  private final HttpServerResponse response;
  private final Dialogues dialogues;
  private final Context context = Vertx.currentContext();
  private final AtomicReference<Promise<Object>> asked = new AtomicReference<>();
  private final String name;
  private OpenRequest open;
  private int steps;

  /** To be made on the response's event loop. Throws OVERLOADED when too many are open. */
  DialogueResponse(HttpServerResponse response, Dialogues dialogues) {
    this.response = response;
    this.dialogues = dialogues;
    name = dialogues.add(this);
    response.closeHandler(gone -> {
      dialogues.remove(name);
      end();
    });
  }

  void start(RequestExchange exchange, Object body, CallOptions options) {
    open = exchange.open(body, options, this::ask);
    open.reply().onSuccess(this::reply).onFailure(this::fail);
  }

  private Future<Object> ask(Question question) {
    steps = question.step();
    Promise<Object> answer = Promise.promise();
    asked.set(answer);
    write("question", new JsonObject().put("dialogue", name).put("step", question.step())
      .put("remainingMs", question.remaining().toMillis())
      .put("body", EmbeddedBody.of(question.body())));
    return answer.future();
  }

  @Override
  public void answer(Object body) {
    var answer = asked.getAndSet(null);
    if (answer == null) {
      throw new SwitchboardException(
        FailureCode.CONFLICT, "the dialogue has no open question now");
    }
    context.runOnContext(ignored -> answer.complete(body));
  }

  @Override
  public void end() {
    context.runOnContext(ignored -> open.cancel());
  }

  private void reply(Reply reply) {
    dialogues.remove(name);
    if (!response.closed()) {
      write("reply", new JsonObject().put("body", EmbeddedBody.of(reply.body())));
      response.end();
    }
  }

  private void fail(Throwable reason) {
    dialogues.remove(name);
    var problem = Problem.of(reason);
    if (!response.headWritten() || response.closed()) {
      problem.writeTo(response);
    } else {
      write("error", problem.toJson()).onComplete(told -> response.reset());
    }
  }

  private Future<Void> write(String type, JsonObject data) {
    if (!response.headWritten()) {
      response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").putHeader("X-Accel-Buffering", "no");
    }
    return response.write(ChunkFormat.event(type, steps, data));
  }
}
