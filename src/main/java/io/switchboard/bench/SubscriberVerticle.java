package io.switchboard.bench;

import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;

/** Holds one event loop's share of the subscribers. */
final class SubscriberVerticle extends CountingVerticle {
  static final String KEY = "bench.tick";

  private final int subscribers;
  private final int all;

  /** @param all how many there are on all event loops; part of the topics' names */
  SubscriberVerticle(String source, int subscribers, int all) {
    super(source);
    this.subscribers = subscribers;
    this.all = all;
  }

  static String topic(int subscribers) {
    return "bench.news." + subscribers;
  }

  /** Those of this one only read what they get, and so need no copy of it. */
  static String readTopic(int subscribers) {
    return "bench.read." + subscribers;
  }

  static String address(int subscribers) {
    return "bench/news/" + subscribers;
  }

  @Override
  int arrivalsEach() {
    return subscribers;
  }

  @Override
  public Future<?> start() {
    var board = Switchboard.of(vertx);
    var topic = board.topic(topic(all));
    var readTopic = board.topic(readTopic(all));
    var attached = new ArrayList<Future<?>>();
    for (int i = 0; i < subscribers; i++) {
      attached.add(topic.subscribe(KEY, event -> {
        if (((Buffer) event.body()).length() > 0) {
          overExchange().arrived(1);
        }
      }));
      attached.add(readTopic.subscribe(KEY, event -> {
        if (event.bytes().hasRemaining()) {
          overExchange().arrived(1);
        }
      }));
      attached.add(vertx.eventBus().<Buffer>consumer(address(all), message -> {
        if (message.body().length() > 0) {
          overBus().arrived(1);
        }
      }).completion());
    }
    return Future.all(attached);
  }
}
