package io.switchboard.exchange;

import io.vertx.core.Future;
import java.util.function.Consumer;

public final class TopicExchange {
  public String name() { throw new UnsupportedOperationException(); }
  public Future<Void> publish(String key, Object body) { return publish(key, body, CallOptions.DEFAULT); }
  public Future<Void> publish(String key, Object body, CallOptions options) { throw new UnsupportedOperationException(); }
  public Future<Attachment> subscribe(String pattern, Consumer<Event> handler) { throw new UnsupportedOperationException(); }
}
