package io.switchboard.exchange;

import io.switchboard.message.Body;
import io.switchboard.message.CallMode;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.Function;

/** The caller's side of a dialogue: the worker's questions go to a function of the caller's. */
final class DialogueConversation extends Conversation {
  private final Context context;
  private final Function<Question, Future<?>> answers;

  /** @param context where the function is called */
  DialogueConversation(Context context, Function<Question, Future<?>> answers) {
    super(CallMode.DIALOGUE);
    this.context = context;
    this.answers = answers;
  }

  @Override
  void asked(Question question) {
    context.runOnContext(ignored -> answerOf(question).onComplete(outcome -> {
      if (outcome.failed()) {
        refuse(question, outcome.cause());
      } else if (outcome.result() instanceof Reply reply) {
        answer(question, reply.body(), reply.headers());
      } else {
        answer(question, outcome.result(), Headers.NONE);
      }
    }));
  }

  private Future<?> answerOf(Question question) {
    var answer = HandlerCall.call(answers, question);
    return answer == null ? Future.succeededFuture() : answer;
  }

  private void answer(Question question, Object body, Headers headers) {
    try {
      var copy = Body.copyForReceiver(body);
      var prepared = Body.prepare(copy);
      lane().execute(() -> answer(question.step(), copy, prepared, headers));
    } catch (SwitchboardException unusable) {
      refuse(question, unusable);
    }
  }

  private void refuse(Question question, Throwable cause) {
    boolean verdict = cause instanceof SwitchboardException known
      && (known.code() == FailureCode.BAD_REQUEST || known.code() == FailureCode.DENIED);
    var code = verdict ? ((SwitchboardException) cause).code() : FailureCode.CANCELLED;
    var text = verdict ? cause.getMessage() : "the caller has no answer: " + cause.getMessage();
    lane().execute(() -> refuse(question.step(), code, text));
  }
}
