package io.switchboard.routing;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is known of the cluster's exchanges, and how this node tells the others of its own.
 * Every method may be called on any thread. What changes something completes when every live
 * node has applied it, or after two seconds with a warning in the log.
 */
public interface Directory {
  /** The present snapshot. */
  RouteTable routes();

  /**
   * Declares an exchange.
   *
   * @return true when it is new, false when it was declared just so already; fails with
   *         CONFLICT when it is declared differently
   */
  Future<Boolean> declare(Declaration declaration);

  /** Takes an exchange away; false when there was none. */
  Future<Boolean> delete(String exchange);

  /** Asks the other nodes once for an exchange that is unknown here; false when nobody has it. */
  Future<Boolean> find(String exchange);

  /**
   * Announces a worker of this node; once more with other attributes replaces these.
   *
   * @param attributes what the worker says of itself, copied; at most 1,024 characters of JSON,
   *                   else the future fails with TOO_LARGE
   * @param defaults declares the exchange when nobody has; gives way to any other declaration.
   *                 The future fails with CONFLICT when the exchange is of another kind
   */
  Future<Void> attachWorker(
    Declaration defaults, long worker, int lane, JsonObject attributes);

  /** Takes the announcement back; does nothing for a worker that is not attached. */
  Future<Void> detachWorker(String exchange, long worker);

  /**
   * Announces a subscriber of this node; declares the exchange like a worker does. Fails with
   * OVERLOADED when this node has too many different groups there.
   */
  Future<Void> attachSubscriber(Declaration defaults, long subscriber, Interest interest);

  /** Takes the announcement back; does nothing for one that is not attached. */
  Future<Void> detachSubscriber(String exchange, long subscriber);

  /**
   * Calls with the names of the exchanges whose routes have changed, on the control lane,
   * after {@link #routes()} shows the change.
   */
  void onChange(Consumer<Set<String>> listener);
}
