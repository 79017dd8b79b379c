package io.switchboard.bridge;

import io.switchboard.exchange.Exchanges;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** Removes an exchange's declaration. */
record DeleteOperation(Exchanges exchanges) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.DELETE;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange";
  }

  @Override
  public Future<Answer> answer(Call call) {
    var name = call.exchange();
    return exchanges.delete(name).map(wasThere -> {
      if (!wasThere) {
        throw new SwitchboardException(FailureCode.NO_EXCHANGE,
          "no exchange '" + name + "' is declared");
      }
      return Answer.status(204);
    });
  }
}
