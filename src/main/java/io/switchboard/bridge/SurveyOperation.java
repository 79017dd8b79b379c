package io.switchboard.bridge;

import io.switchboard.exchange.Survey;
import io.switchboard.exchange.SurveyOptions;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Asks all workers and answers with what came by the deadline, or with {@code ?enough=N}. */
record SurveyOperation(Backend backend) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/survey";
  }

  @Override
  public Future<Answer> answer(Call call) {
    var body = call.body();
    var options = enough(call.parameter("enough")).with(call.options());
    return backend.requests(call.exchange())
      .compose(exchange -> exchange.survey(body, options))
      .map(survey -> Answer.ok(new JsonObject()
        .put("replies", replies(survey.replies()))
        .put("missing", unanswered(survey.missing()))
        .put("failures", unanswered(survey.failures()))));
  }

  private static SurveyOptions enough(String parameter) {
    if (parameter == null) {
      return SurveyOptions.DEFAULT;
    }
    if (parameter.matches("[1-9][0-9]{0,8}")) {
      return SurveyOptions.enough(Integer.parseInt(parameter));
    }
    throw new SwitchboardException(FailureCode.BAD_REQUEST,
      "?enough= is a number of replies, at least 1, not '" + parameter + "'");
  }

  private static JsonArray replies(List<Survey.Answer> answers) {
    var array = new JsonArray();
    for (var answer : answers) {
      var one = new JsonObject().put("node", answer.node()).put("worker", answer.worker())
        .put("body", EmbeddedBody.of(answer.body()));
      if (!answer.reply().headers().isEmpty()) {
        one.put("headers", EmbeddedBody.of(answer.reply().headers()));
      }
      array.add(one);
    }
    return array;
  }

  private static JsonArray unanswered(List<Survey.Unanswered> workers) {
    var array = new JsonArray();
    for (var worker : workers) {
      array.add(new JsonObject().put("node", worker.node()).put("worker", worker.worker())
        .put("code", worker.code().name()).put("message", worker.message()));
    }
    return array;
  }
}
