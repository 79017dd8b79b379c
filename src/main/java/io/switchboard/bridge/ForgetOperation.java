package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** A lost node will not come back: it counts no more where a majority is needed. */
record ForgetOperation(Administration administration) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.POST;
  }

  @Override
  public String path() {
    return "/nodes/:node/forget";
  }

  @Override
  public Future<Answer> answer(Call call) {
    var node = call.segment("node");
    return administration.forget(node).map(known -> known ? Answer.status(204)
      : response -> Problem.of(404, FailureCode.BAD_REQUEST, "no node '" + node + "' was known")
        .writeTo(response));
  }
}
