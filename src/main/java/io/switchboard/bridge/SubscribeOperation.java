package io.switchboard.bridge;

import io.switchboard.exchange.TopicExchange;
import io.switchboard.message.Names;
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
    var key = call.parameter("key");
    var pattern = Names.requirePattern(key == null ? EVERYTHING : key);
    return backend.topic(name)
      .map(topic -> response -> open(response, topic, pattern));
  }

  private void open(HttpServerResponse response, TopicExchange topic, String pattern) {
    if (response.closed()) {
      return;
    }
    var stream = new EventStream(vertx, response, options);
    streams.add(stream);
    response.closeHandler(gone -> {
      streams.remove(stream);
      stream.close();
    });
    topic.subscribe(pattern, stream::event)
      .onSuccess(stream::start)
      .onFailure(failure -> Problem.of(failure).writeTo(response));
  }
}
