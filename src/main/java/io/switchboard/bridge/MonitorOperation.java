package io.switchboard.bridge;

import io.switchboard.message.Names;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;

/**
 * Tells when an exchange goes down and comes back, as server-sent events. The exchange need not
 * be declared. A client whose exchange is down learns it at once; one that hears nothing may
 * take it to be up.
 */
record MonitorOperation(
  Vertx vertx, Backend backend, HttpOptions options, OpenStreams streams)
  implements Operation {

  @Override
  public HttpMethod method() {
    return HttpMethod.GET;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/monitor";
  }

  @Override
  public boolean answersHead() {
    return false;
  }

  @Override
  public Future<Answer> answer(Call call) {
    var name = Names.requireName(call.exchange());
    return Future.succeededFuture(response -> open(response, name));
  }

  private void open(HttpServerResponse response, String exchange) {
    if (response.closed()) {
      return;
    }
    new EventStream(vertx, response, options)
      .follow(streams, stream -> backend.exchanges().monitor(exchange, stream::change));
  }
}
