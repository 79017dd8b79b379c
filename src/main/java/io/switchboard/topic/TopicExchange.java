package io.switchboard.topic;

import io.switchboard.exchange.Attachment;
import io.switchboard.exchange.CallOptions;
import io.switchboard.exchange.CallerContext;
import io.switchboard.exchange.Figures;
import io.switchboard.exchange.Lookup;
import io.switchboard.exchange.TopicOptions;
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
  private final Topics topics;
  private final Lookup lookup;
  private final Figures figures = new Figures();
  private final LocalSubscribers local;
  private final EventRoutes routes;
  private volatile Keeping keeping = new Keeping(null, null);

  /** What is kept under one declaration; null for nothing. */
  private record Keeping(Declaration declaration, Retention retention) {
  }

  TopicExchange(String name, Topics topics) {
    this.name = name;
    this.topics = topics;
    lookup = topics.exchanges().lookup();
    local = new LocalSubscribers(name, figures, topics.lanes().count());
    routes = new EventRoutes(name, topics, figures, local);
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
    return lookup.asking(name, () -> publishNow(key, body, options));
  }

  private Future<Void> publishNow(String key, Object body, CallOptions options) {
    var own = topics.lanes().currentOrNull();
    if (own == null || !routes.knows(own, key)) {
      Names.requireRoutingKey(key);
    }
    var route = route();
    if (own != null) {
      routes.publish(own, route, Event.of(key, body, options.headers()), retention(route));
      return PUBLISHED;
    }
    var lane = topics.lanes().forCaller(Vertx.currentContext());
    var event = Event.of(key, body, options.headers()).kept();
    Promise<Void> done = Promise.promise();
    boolean taken = lane.tryExecute(() -> {
      try {
        var now = route();
        routes.publish(lane, now, event, retention(now));
        done.complete();
      } catch (SwitchboardException refusal) {
        done.fail(refusal);
      }
    });
    return taken ? CallerContext.backHere(done.future()) : Future.failedFuture(
      new SwitchboardException(FailureCode.OVERLOADED, "too much waits for one event loop"));
  }

  private Route route() {
    return Lookup.require(
      topics.directory().routes(), name, Kind.TOPIC, "publish or subscribe");
  }

  static boolean retains(Route route) {
    return route.declaration().kind() == Kind.TOPIC
      && TopicOptions.from(route.declaration().options(), "").retain() > 0;
  }

  /** What this node keeps; null when the topic retains nothing. */
  Retention retention() {
    return keeping.retention;
  }

  private Retention retention(Route route) {
    var known = keeping;
    return known.declaration == route.declaration() ? known.retention : changed(route);
  }

  /** The route is another one; null when the exchange is no more. */
  synchronized Retention changed(Route route) {
    var before = keeping;
    var declaration = route == null ? null : route.declaration();
    if (declaration == null || !retains(route)) {
      keeping = new Keeping(declaration, null);
      if (before.retention != null) {
        topics.lanes().control().execute(() -> topics.sync().forget(name));
      }
    } else if (before.retention == null || !declaration.equals(before.declaration)) {
      var retention =
        new Retention(local, TopicOptions.from(declaration.options(), name));
      keeping = new Keeping(declaration, retention);
      topics.lanes().control().execute(() -> topics.sync().begin(name, retention));
    } else {
      keeping = new Keeping(declaration, before.retention);
    }
    return keeping.retention;
  }

  /** A value of another node: an event that was just published, or what it keeps. */
  void receive(Lane lane, RetainedValues.Value value, boolean published) {
    var retention = keeping.retention;
    if (retention == null && published) {
      local.deliver(lane, value.event());
    } else if (published) {
      retention.receive(lane, value);
    } else if (retention != null) {
      retention.learn(lane, value);
    }
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
   *
   * <p>One that wants the retained values declares nothing: NO_EXCHANGE when nobody has declared
   * the topic, CONFLICT when it retains none.
   */
  public Future<Attachment> subscribe(SubscribeOptions options, Consumer<Event> handler) {
    if (options.current()) {
      return lookup.asking(name, () -> subscribeToCurrent(options, handler));
    }
    var context = topics.vertx().getOrCreateContext();
    int mailbox = options.mailbox() > 0 ? options.mailbox() : optionsOrDefault().mailbox();
    var subscriber = local.add(
      topics.exchanges().nextWorkerId(), options.interest(), mailbox, context, handler, null);
    var attachment = new SubscriberAttachment(topics, this, subscriber);
    topics.exchanges().lifelines().tie(context, attachment);
    var defaults = new Declaration(name, Kind.TOPIC, TopicOptions.DEFAULT.toJson());
    var attached = topics.directory()
      .attachSubscriber(defaults, subscriber.id(), options.interest())
      .<Attachment>map(done -> topics.exchanges().places().add(attachment))
      .onFailure(refusal -> attachment.detach());
    return CallerContext.backHere(attached);
  }

  private Future<Attachment> subscribeToCurrent(
    SubscribeOptions options, Consumer<Event> handler) {
    var route = route();
    var retention = retention(route);
    if (retention == null) {
      throw new SwitchboardException(FailureCode.CONFLICT, "topic '" + name
        + "' retains no values: declare it with retain, the number of keys to keep");
    }
    var context = topics.vertx().getOrCreateContext();
    long id = topics.exchanges().nextWorkerId();
    int mailbox = options.mailbox() > 0 ? options.mailbox() : optionsOrDefault().mailbox();
    var ready = topics.directory().attachSubscriber(route.declaration(), id, options.interest())
      .compose(told -> retention.complete());
    return CallerContext.backHere(ready).map(complete -> {
      var subscriber = retention.add(id, options.interest(), mailbox, context, handler);
      var attachment = new SubscriberAttachment(topics, this, subscriber);
      topics.exchanges().lifelines().tie(context, attachment);
      return attachment;
    });
  }

  private TopicOptions optionsOrDefault() {
    var route = topics.directory().routes().route(name);
    return route == null || route.declaration().kind() != Kind.TOPIC ? TopicOptions.DEFAULT
      : TopicOptions.from(route.declaration().options(), name);
  }

  boolean hasSubscribers() {
    return !local.isEmpty();
  }

  void remove(Subscriber subscriber) {
    local.remove(subscriber);
  }
}
