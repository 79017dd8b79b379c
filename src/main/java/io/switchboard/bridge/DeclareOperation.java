package io.switchboard.bridge;

import io.switchboard.exchange.Exchanges;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** Declares an exchange: {@code {"kind":…}} with its options beside it. */
record DeclareOperation(Exchanges exchanges) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.PUT;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange";
  }

  @Override
  public Future<Answer> answer(Call call) {
    var name = call.exchange();
    var options = call.jsonBody();
    var kind = kind(options.remove("kind"));
    var answer = new JsonObject().put("name", name).put("kind", kind.word());
    return exchanges.declare(name, kind, options)
      .map(isNew -> Answer.of(isNew ? 201 : 200, answer));
  }

  private static Kind kind(Object word) {
    try {
      if (word instanceof String text) {
        return Kind.of(text);
      }
    } catch (IllegalArgumentException unknown) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST, "kind: " + unknown.getMessage());
    }
    throw new SwitchboardException(FailureCode.BAD_REQUEST,
      "kind: must be given, as in {\"kind\":\"request\"}");
  }
}
