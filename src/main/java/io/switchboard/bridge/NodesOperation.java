package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** The nodes of the cluster; with {@code ?all=true} also those lost in the last hour. */
record NodesOperation(Administration administration) implements Operation {
  @Override
  public HttpMethod method() {
    return HttpMethod.GET;
  }

  @Override
  public String path() {
    return "/nodes";
  }

  @Override
  public Future<Answer> answer(Call call) {
    return administration.nodes(call.flag("all")).map(Answer::ok);
  }
}
