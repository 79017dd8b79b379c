package io.switchboard.exchange;

import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

public final class Exchanges {
  /** true when new, false when declared just so already; CONFLICT when different; BAD_REQUEST for bad options */
  public Future<Boolean> declare(String name, Kind kind, JsonObject options) { throw new UnsupportedOperationException(); }
  /** false when there was none */
  public Future<Boolean> delete(String name) { throw new UnsupportedOperationException(); }
  /** the kind as known; looks at peers once on a local miss; fails NO_EXCHANGE */
  public Future<Kind> kindOf(String name) { throw new UnsupportedOperationException(); }
  public RequestExchange requests(String name) { throw new UnsupportedOperationException(); }
  public TopicExchange topic(String name) { throw new UnsupportedOperationException(); }
}
