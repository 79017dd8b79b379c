package io.switchboard.bridge;

import io.switchboard.topic.SubscribeOptions;
import io.switchboard.topic.TopicExchange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;

/**
 * A topic's events as they happen. Unlike a subscribing verticle it does not declare the topic:
 * a GET changes nothing.
 */
record SubscribeOperation(
  Vertx vertx, Backend backend, HttpOptions options, OpenStreams streams)
  implements Operation {
  private static final String EVERYTHING = "#";

  @Override
  public HttpMethod method() {
    return HttpMethod.GET;
  }

  @Override
  public String path() {
    return "/exchanges/:exchange/subscribe";
  }

  @Override
  public boolean answersHead() {
    return false;
  }

  @Override
  public Future<Answer> answer(Call call) {
    var name = call.exchange();
    var wanted = wanted(call);
    return backend.topic(name)
      .map(topic -> response -> open(response, topic, wanted));
  }

  /** {@code where} is conditions joined by commas: NAME:VALUE, or NAME for any value. */
  private static SubscribeOptions wanted(Call call) {
    var key = call.parameter("key");
    var wanted = SubscribeOptions.pattern(key == null ? EVERYTHING : key)
      .group(call.parameter("group"));
    wanted = call.flag("retained") ? wanted.retained() : wanted;
    var where = call.parameter("where");
    if (where != null) {
      for (var condition : where.split(",")) {
        int colon = condition.indexOf(':');
        wanted = colon < 0 ? wanted.where(condition)
          : wanted.where(condition.substring(0, colon), condition.substring(colon + 1));
      }
    }
    return wanted;
  }

  private void open(
    HttpServerResponse response, TopicExchange topic, SubscribeOptions wanted) {
    if (response.closed()) {
      return;
    }
    new EventStream(vertx, response, options)
      .follow(streams, stream -> topic.subscribe(wanted, stream::event));
  }
}
