package io.switchboard.collect;

import io.switchboard.exchange.Attachment;
import io.switchboard.exchange.CallOptions;
import io.switchboard.exchange.CallerContext;
import io.switchboard.exchange.CollectOptions;
import io.switchboard.exchange.Figures;
import io.switchboard.exchange.Lookup;
import io.switchboard.lane.Lane;
import io.switchboard.message.CollectFrames;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Kind;
import io.switchboard.routing.Route;
import io.switchboard.routing.RouteTable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Function;

/**
 * An exchange of kind {@code collect}: many producers emit, one active collector in the cluster
 * gets it all, at most once, and in the order of each producer's calls; the other collectors
 * stand by. While the active one changes, entries wait at their producers' nodes, within
 * bounds. May be used from any thread and kept.
 */
public final class CollectExchange {
  private final String name;
  private final Collects collects;
  private final Lookup lookup;
  private final Figures figures = new Figures();
  private volatile Resolved resolved = new Resolved(null, null, null, null);
  private volatile Claim active;

  CollectExchange(String name, Collects collects) {
    this.name = name;
    this.collects = collects;
    this.lookup = collects.exchanges().lookup();
  }

  /** What the present route table says of this exchange, and this node's buffer for it. */
  record Resolved(RouteTable table, Route route, CollectOptions options, Outbox outbox) {
  }

  public String name() {
    return name;
  }

  Figures figures() {
    return figures;
  }

  String selfName() {
    return collects.trunks().self().name();
  }

  /** {@link #emit(Object, CallOptions)} without headers. */
  public Future<Void> emit(Object body) {
    return emit(body, CallOptions.DEFAULT);
  }

  /**
   * Emits an entry; of the options only the headers count. The future completes when the entry
   * is in this node's buffer, at once: what becomes of it afterwards is counted, not told.
   * OVERLOADED: the buffer is full and the exchange says {@code overflow: refuse}. TOO_LARGE:
   * the entry alone is larger than the buffer.
   */
  public Future<Void> emit(Object body, CallOptions options) {
    return lookup.asking(name, () -> emitNow(body, options));
  }

  private Future<Void> emitNow(Object body, CallOptions options) {
    var now = resolve();
    var content = CollectFrames.content(body, options.headers());
    if (!now.outbox.offer(content)) {
      if (CollectFrames.entrySize(content) > now.options.bufferBytes()) {
        throw new SwitchboardException(FailureCode.TOO_LARGE, "an entry of " + content.length()
          + " bytes is larger than the buffer of exchange '" + name + "'");
      }
      figures.overloaded(1);
      throw new SwitchboardException(FailureCode.OVERLOADED,
        "the buffer of exchange '" + name + "' is full at node " + selfName());
    }
    figures.emitted();
    return Future.succeededFuture();
  }

  /** {@link #collect(CollectListener, Function)} for one who needs no notice. */
  public Future<Attachment> collect(Function<Entry, Future<?>> handler) {
    return collect(new CollectListener() { }, handler);
  }

  /**
   * Attaches a collector: the active one when it is the first, else a standby behind those that
   * are attached. The handler is called on the calling context, for one entry after another,
   * while it is the active one; an entry is in hand until the future it returns is complete
   * (null is complete), and at most {@code prefetch} are. A future that fails is logged and
   * counted. Declares the exchange with defaults when nobody has. The result completes when
   * every live node knows of the collector; it fails with CONFLICT when the exchange is of
   * another kind. Detaching hands over in order: the next one gets exactly what this one has
   * not seen. A verticle's collectors are detached when it is undeployed.
   */
  public Future<Attachment> collect(
    CollectListener listener, Function<Entry, Future<?>> handler) {
    var context = collects.vertx().getOrCreateContext();
    Promise<Attachment> attached = Promise.promise();
    if (!context.isEventLoopContext()) {
      attach(listener, handler, context, collects.lanes().forCaller(context), false)
        .onComplete(attached);
    } else if (collects.lanes().currentOrNull() != null) {
      attach(listener, handler, context, Lane.current(), true).onComplete(attached);
    } else {
      context.runOnContext(ignored -> {
        var own = collects.lanes().currentOrNull();
        attach(listener, handler, context, collects.lanes().forCaller(context), own != null)
          .onComplete(attached);
      });
    }
    return CallerContext.backHere(attached.future());
  }

  private Future<Attachment> attach(CollectListener listener,
    Function<Entry, Future<?>> handler, Context context, Lane home, boolean onHome) {
    var collector = new Collector(collects.exchanges().nextWorkerId(), this,
      optionsOrDefault(), handler, listener, context, home, onHome);
    collects.add(collector);
    var attachment = new CollectorAttachment(collects, collector);
    collects.exchanges().lifelines().tie(context, attachment);
    var defaults = new Declaration(name, Kind.COLLECT, CollectOptions.DEFAULT.toJson());
    collects.collecting().attach(collector);
    return collects.directory().attachWorker(
        defaults, collector.id(), home.index(), CollectorOrder.attributes())
      .<Attachment>map(attached -> collects.exchanges().places().add(attachment))
      .onFailure(refusal -> attachment.detach());
  }

  private CollectOptions optionsOrDefault() {
    var route = collects.directory().routes().route(name);
    return route == null || route.declaration().kind() != Kind.COLLECT
      ? CollectOptions.DEFAULT : resolve().options;
  }

  /** Throws NO_EXCHANGE and CONFLICT. Any thread. */
  Resolved resolve() {
    var table = collects.directory().routes();
    var known = resolved;
    return known.table == table ? known : refresh(table);
  }

  /** One at a time: there is one outbox for all threads. */
  private synchronized Resolved refresh(RouteTable table) {
    var before = resolved;
    var route = Lookup.require(table, name, Kind.COLLECT, "emit or collect");
    var next = before.route == route ? new Resolved(table, route, before.options, before.outbox)
      : resolved(table, route, before);
    resolved = next;
    return next;
  }

  private Resolved resolved(RouteTable table, Route route, Resolved before) {
    var options = CollectOptions.from(route.declaration().options(), name);
    var bounds = BufferBounds.of(options);
    var outbox = before.outbox == null
      ? new Outbox(this, collects, bounds) : before.outbox;
    outbox.bounds(bounds);
    return new Resolved(table, route, options, outbox);
  }

  /** This node's buffer. Throws NO_EXCHANGE and CONFLICT while there was none yet. */
  Outbox outbox() {
    var box = resolved.outbox;
    return box != null ? box : resolve().outbox;
  }

  /** This node's buffer; null while nothing was emitted or collected here. */
  Outbox knownOutbox() {
    return resolved.outbox;
  }

  /** True while entries wait here, or are on their way; they stay when nobody has this handle. */
  boolean holdsEntries() {
    var box = resolved.outbox;
    return box != null && box.size() > 0;
  }

  /** The exchange is gone, and with it what {@link #holdsEntries} says. */
  void discard() {
    resolved.outbox.discard();
  }

  /** The entries here that a collector of another node is to take. Any thread. */
  int unsent() {
    var now = resolved;
    if (now.outbox == null) {
      return 0;
    }
    var route = collects.directory().routes().route(name);
    boolean takes = route != null && route.workers().length > route.local().length;
    return takes ? now.outbox.size() : 0;
  }

  /** Who is the active collector as far as is known here. On the control lane. */
  void active(Claim claim) {
    active = claim;
  }

  /** Null for nobody. Any thread. */
  Claim active() {
    return active;
  }
}
