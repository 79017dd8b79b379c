package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Names;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Kind;
import io.switchboard.routing.Route;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/**
 * An exchange of kind {@code topic}: each event goes to every subscriber with a pattern that
 * matches its key, and to one member of each group, at most once, in the order of its
 * publisher. One copy crosses the network for each node that has a subscriber in no group, and
 * one for each group. May be used from any thread and kept.
 */
public final class TopicExchange {
  private static final Future<Void> PUBLISHED = Future.succeededFuture();

  private final String name;
  private final Core core;
  private final Figures figures = new Figures();
  private final LocalSubscribers local;
  private final EventRoutes routes;

  TopicExchange(String name, Core core) {
    this.name = name;
    this.core = core;
    local = new LocalSubscribers(name, figures, core.lanes.count());
    routes = new EventRoutes(name, core, figures, local);
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
    return core.asking(name, () -> publishNow(key, body, options));
  }

  private Future<Void> publishNow(String key, Object body, CallOptions options) {
    var own = core.lanes.currentOrNull();
    if (own == null || !routes.knows(own, key)) {
      Names.requireRoutingKey(key);
    }
    var route = route();
    if (own != null) {
      routes.publish(own, route, Event.of(key, body, options.headers()));
      return PUBLISHED;
    }
    var lane = core.lanes.forCaller(Vertx.currentContext());
    var event = Event.of(key, body, options.headers()).kept();
    Promise<Void> done = Promise.promise();
    boolean taken = lane.tryExecute(() -> {
      try {
        routes.publish(lane, route(), event);
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

  /** An event of another node for those in no group. On the lane. */
  void receive(Lane lane, Event event) {
    local.deliver(lane, event);
  }

  /** An event of another node for one member of a group. On the lane. */
  void receive(Lane lane, String group, Event event, long[] tried) {
    routes.receive(lane, group, event, tried);
  }

  /** {@link #subscribe(SubscribeOptions, Consumer)} with one pattern. */
  public Future<Attachment> subscribe(String pattern, Consumer<Event> handler) {
    return subscribe(List.of(pattern), handler);
  }

  /** {@link #subscribe(SubscribeOptions, Consumer)} with patterns alone. */
  public Future<Attachment> subscribe(List<String> patterns, Consumer<Event> handler) {
    try {
      return subscribe(SubscribeOptions.patterns(patterns), handler);
    } catch (SwitchboardException malformed) {
      return Future.failedFuture(malformed);
    }
  }

  /**
   * Subscribes: the handler is called on the calling context for every event whose key matches
   * a pattern and whose headers are as asked, once however many patterns match; in a group, for
   * those that the group gives to it. Declares the exchange with defaults when nobody has. The
   * future completes when every live node knows of it; it fails with CONFLICT when the exchange
   * is of another kind. A verticle's subscribers are detached when it is undeployed.
   */
  public Future<Attachment> subscribe(SubscribeOptions options, Consumer<Event> handler) {
    var context = core.vertx.getOrCreateContext();
    int mailbox = options.mailbox() > 0 ? options.mailbox() : optionsOrDefault().mailbox();
    var subscriber = local.add(
      core.workers.nextId(), options.interest(), mailbox, context, handler);
    var attachment = new SubscriberAttachment(core, this, subscriber);
    core.lifelines.tie(context, attachment);
    var defaults = new Declaration(name, Kind.TOPIC, TopicOptions.DEFAULT.toJson());
    var attached = core.directory
      .attachSubscriber(defaults, subscriber.id(), options.interest())
      .<Attachment>map(done -> core.places.add(attachment))
      .onFailure(refusal -> attachment.detach());
    return CallerContext.backHere(attached);
  }

  private TopicOptions optionsOrDefault() {
    var route = core.directory.routes().route(name);
    return route == null || route.declaration().kind() != Kind.TOPIC ? TopicOptions.DEFAULT
      : TopicOptions.from(route.declaration().options(), name);
  }

  void remove(Subscriber subscriber) {
    local.remove(subscriber);
  }
}
