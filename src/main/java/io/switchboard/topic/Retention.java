package io.switchboard.topic;

import io.switchboard.exchange.TopicOptions;
import io.switchboard.lane.Lane;
import io.switchboard.routing.Interest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Consumer;

/**
 * What this node keeps of a retaining topic. Keeping a value and handing it to the rows is one
 * step under the lock, and so is taking the present values and joining the rows: a subscriber
 * that starts with them misses nothing between and gets nothing twice. Any lane.
 */
final class Retention {
  private final LocalSubscribers local;
  private final RetainedValues values;
  private final Promise<Void> complete = Promise.promise();

  Retention(LocalSubscribers local, TopicOptions options) {
    this.local = local;
    this.values = new RetainedValues(options.retain(), options.retainBytes());
  }

  /** Completes when the other nodes' values are here too, or were waited for long enough. */
  Future<Void> complete() {
    return complete.future();
  }

  void completed() {
    complete.tryComplete();
  }

  /** Stamps an event that is published here, keeps it and hands it to the rows. */
  synchronized RetainedValues.Value publish(
    Lane lane, Event event, long origin, int bytes, long nowMillis) {
    var value = new RetainedValues.Value(event, values.nextStamp(nowMillis), origin, bytes);
    values.put(value);
    local.deliver(lane, event, true);
    return value;
  }

  /** Keeps an event of another node and hands it to the rows. */
  synchronized void receive(Lane lane, RetainedValues.Value value) {
    local.deliver(lane, value.event(), values.put(value));
  }

  /** Keeps what another node had; those who follow the current values get it if it is newer. */
  synchronized void learn(Lane lane, RetainedValues.Value value) {
    if (values.put(value)) {
      local.deliverCurrent(lane, value.event().asRetained());
    }
  }

  /** The handler gets the present values first, then all that is newer. */
  synchronized Subscriber add(
    long id, Interest interest, int mailbox, Context context, Consumer<Event> handler) {
    return local.add(id, interest, mailbox, context, handler, values.all());
  }

  synchronized List<RetainedValues.Value> all() {
    return values.all();
  }

  synchronized long digest() {
    return values.digest();
  }
}
