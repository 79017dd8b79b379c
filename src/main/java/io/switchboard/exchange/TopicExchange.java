package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.Body;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Frames;
import io.switchboard.message.Headers;
import io.switchboard.message.Names;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Kind;
import io.switchboard.routing.Node;
import io.switchboard.routing.Route;
import io.switchboard.routing.TopicTrie;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * An exchange of kind {@code topic}: each event goes to every subscriber with a pattern that
 * matches its key, at most once, in the order of its publisher. One copy crosses the network
 * for each node that has a subscriber. May be used from any thread and kept.
 */
public final class TopicExchange {
  private final String name;
  private final Core core;
  private final Figures figures = new Figures();
  private final Map<Long, Subscriber> subscribers = new ConcurrentHashMap<>();
  private final MatchCache<Node>[] nodes;
  private final MatchCache<Subscriber>[] locals;
  /** Null after a change, until the next event needs it. */
  private volatile TopicTrie<Subscriber> bound = new TopicTrie<>();

  @SuppressWarnings({"unchecked", "rawtypes"})
  TopicExchange(String name, Core core) {
    this.name = name;
    this.core = core;
    nodes = new MatchCache[core.lanes.count()];
    locals = new MatchCache[core.lanes.count()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = new MatchCache<>();
      locals[i] = new MatchCache<>();
    }
  }

  public String name() {
    return name;
  }

  Figures figures() {
    return figures;
  }

  /** {@link #publish(String, Object, CallOptions)} without headers. */
  public Future<Void> publish(String key, Object body) {
    return publish(key, body, CallOptions.DEFAULT);
  }

  /**
   * Publishes an event under a routing key; of the options only the headers count. The future
   * completes when the event is on its way to every node that wants it. OVERLOADED: too much
   * waits for a node; the event is lost to its subscribers, the others get it.
   */
  public Future<Void> publish(String key, Object body, CallOptions options) {
    return core.asking(name, () -> publishNow(Names.requireRoutingKey(key), body, options));
  }

  private Future<Void> publishNow(String key, Object body, CallOptions options) {
    var own = core.lanes.currentOrNull();
    if (own != null) {
      route(own, key, body, options.headers());
      return Future.succeededFuture();
    }
    route();
    var lane = core.lanes.forCaller(Vertx.currentContext());
    var copy = Body.copyForReceiver(body);
    Promise<Void> done = Promise.promise();
    boolean taken = lane.tryExecute(() -> {
      try {
        route(lane, key, copy, options.headers());
        done.complete();
      } catch (SwitchboardException refusal) {
        done.fail(refusal);
      }
    });
    return taken ? CallerContext.backHere(done.future()) : Future.failedFuture(
      new SwitchboardException(FailureCode.OVERLOADED, "too much waits for one event loop"));
  }

  private Route route() {
    var route = core.directory.routes().route(name);
    if (route == null) {
      throw Core.unknown(name);
    }
    if (route.declaration().kind() != Kind.TOPIC) {
      throw Core.otherKind(route.declaration(), "publish or subscribe");
    }
    return route;
  }

  private void route(Lane lane, String key, Object body, Headers headers) {
    var interested = nodes[lane.index()].match(route().interests(), key);
    var prepared = Body.prepare(body);
    figures.published.increment();
    if (interested.isEmpty()) {
      figures.unrouted.increment();
    }
    String full = null;
    for (int i = 0; i < interested.size(); i++) {
      var node = interested.get(i);
      if (node.isLocal()) {
        deliver(lane, key, body, headers);
      } else if (!cross(lane, node, key, headers, prepared)) {
        full = node.name();
      }
    }
    if (full != null) {
      figures.overloaded.increment();
      throw new SwitchboardException(FailureCode.OVERLOADED,
        "topic '" + name + "': too much waits for node " + full);
    }
  }

  /** False when the trunk has no room. A node out of reach has no subscribers now. */
  private boolean cross(Lane lane, Node node, String key, Headers headers, Object prepared) {
    var trunk = core.trunks.get(node.trunk());
    if (trunk == null || !trunk.isOpen()) {
      return true;
    }
    var channel = trunk.channel(lane, trunk.pairedLane(lane));
    var out = channel.begin(Frames.sizeBound(name, key, headers, prepared));
    if (out == null) {
      return false;
    }
    Frames.appendEvent(out, name, key, headers, prepared);
    channel.end();
    return true;
  }

  /** Hands an event to the matching subscribers of this node. On the lane. */
  void deliver(Lane lane, String key, Object body, Headers headers) {
    var matching = locals[lane.index()].match(bound(), key);
    for (int i = 0; i < matching.size(); i++) {
      matching.get(i).offer(key, body, headers);
    }
  }

  private TopicTrie<Subscriber> bound() {
    var trie = bound;
    return trie != null ? trie : bind();
  }

  private synchronized TopicTrie<Subscriber> bind() {
    if (bound == null) {
      var trie = new TopicTrie<Subscriber>();
      for (var subscriber : subscribers.values()) {
        subscriber.patterns().forEach(pattern -> trie.bind(pattern, subscriber));
      }
      bound = trie;
    }
    return bound;
  }

  private synchronized void rebind() {
    bound = null;
  }

  /** {@link #subscribe(List, Consumer)} with one pattern. */
  public Future<Attachment> subscribe(String pattern, Consumer<Event> handler) {
    return subscribe(List.of(pattern), handler);
  }

  /**
   * Subscribes: the handler is called on the calling context for every event whose key matches
   * a pattern, once however many match. Declares the exchange with defaults when nobody has.
   * The future completes when every live node knows of it; it fails with BAD_REQUEST for a
   * malformed pattern and CONFLICT when the exchange is of another kind. A verticle's
   * subscribers are detached when it is undeployed.
   */
  public Future<Attachment> subscribe(List<String> patterns, Consumer<Event> handler) {
    try {
      patterns.forEach(Names::requirePattern);
    } catch (SwitchboardException malformed) {
      return Future.failedFuture(malformed);
    }
    var context = core.vertx.getOrCreateContext();
    var subscriber = new Subscriber(core.workers.nextId(), this, List.copyOf(patterns),
      optionsOrDefault().mailbox(), handler, context);
    subscribers.put(subscriber.id(), subscriber);
    rebind();
    var attachment = new SubscriberAttachment(core, this, subscriber);
    core.lifelines.tie(context, attachment);
    var defaults = new Declaration(name, Kind.TOPIC, TopicOptions.DEFAULT.toJson());
    var attached = core.directory
      .attachSubscriber(defaults, subscriber.id(), subscriber.patterns())
      .<Attachment>map(attachment)
      .onFailure(refusal -> attachment.detach());
    return CallerContext.backHere(attached);
  }

  private TopicOptions optionsOrDefault() {
    var route = core.directory.routes().route(name);
    return route == null || route.declaration().kind() != Kind.TOPIC ? TopicOptions.DEFAULT
      : TopicOptions.from(route.declaration().options(), name);
  }

  void remove(Subscriber subscriber) {
    subscribers.remove(subscriber.id());
    rebind();
    subscriber.detach();
  }
}
