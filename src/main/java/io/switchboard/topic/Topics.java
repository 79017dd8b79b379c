package io.switchboard.topic;

import io.switchboard.exchange.Exchanges;
import io.switchboard.exchange.Handles;
import io.switchboard.lane.Lane;
import io.switchboard.lane.Lanes;
import io.switchboard.message.FrameReader;
import io.switchboard.routing.Directory;
import io.switchboard.routing.Kind;
import io.switchboard.trunk.FrameReceiver;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** All topics as one node sees them: their handles, and what other nodes send for them. */
public final class Topics implements FrameReceiver {
  private final Vertx vertx;
  private final Lanes lanes;
  private final Trunks trunks;
  private final Directory directory;
  private final Exchanges exchanges;
  private final RetainedSync sync;
  private final Handles<TopicExchange> handles;
  private final TopicInbound inbound;

  /** To be made before the trunks start, after the exchanges. */
  public Topics(
    Vertx vertx, Lanes lanes, Trunks trunks, Directory directory, Exchanges exchanges) {
    this.vertx = vertx;
    this.lanes = lanes;
    this.trunks = trunks;
    this.directory = directory;
    this.exchanges = exchanges;
    sync = new RetainedSync(vertx, lanes, trunks);
    handles = new Handles<>(
      name -> new TopicExchange(name, this), exchanges.lookup()::isDeclared);
    inbound = new TopicInbound(this);
    trunks.addListener(sync);
    directory.onChange(this::changed);
    exchanges.takeFromBus(
      Kind.TOPIC, (name, message) -> PlainPublish.take(topic(name), message));
  }

  Vertx vertx() {
    return vertx;
  }

  Lanes lanes() {
    return lanes;
  }

  Trunks trunks() {
    return trunks;
  }

  Directory directory() {
    return directory;
  }

  Exchanges exchanges() {
    return exchanges;
  }

  RetainedSync sync() {
    return sync;
  }

  /** The handle of a topic exchange; the same one every time. Throws for a malformed name. */
  public TopicExchange topic(String name) {
    return handles.of(name);
  }

  /** Null when nobody here has it. */
  TopicExchange known(String name) {
    return handles.known(name);
  }

  /** Every node keeps a topic's values, also one on which nobody has asked for its handle. */
  private void changed(Set<String> names) {
    for (var name : names) {
      var route = directory.routes().route(name);
      var topic = route != null && TopicExchange.retains(route)
        ? topic(name) : handles.known(name);
      if (topic != null) {
        topic.changed(route);
      }
      handles.keep(name, TopicExchange::hasSubscribers);
    }
  }

  @Override
  public void receive(Lane lane, Trunk from, int fromLane, byte kind, FrameReader frame) {
    inbound.receive(lane, from, fromLane, kind, frame);
  }

  /** The running totals of this node, for each topic that was used here. */
  public Map<String, JsonObject> figures() {
    var figures = new HashMap<String, JsonObject>();
    handles.forEach((name, topic) -> figures.put(name, topic.figures().toJson()));
    return figures;
  }
}
