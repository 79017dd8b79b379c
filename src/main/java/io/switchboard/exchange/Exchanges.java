package io.switchboard.exchange;

import io.switchboard.lane.Lanes;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Names;
import io.switchboard.message.SwitchboardException;
import io.switchboard.options.InvalidOption;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Directory;
import io.switchboard.routing.Kind;
import io.switchboard.routing.OwnBalancers;
import io.switchboard.routing.Route;
import io.switchboard.trunk.FrameReceiver;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * All exchanges as one node sees them: declares, deletes and watches those of every kind, and
 * gives out the handles of request exchanges. The other kinds live in packages of their own and
 * are made with this object.
 */
public final class Exchanges {
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final Core core;
  private final Inbound inbound;
  private final EventBusInterop interop;
  private final Monitors monitors;
  private final Handles<RequestExchange> requests;
  private final Map<String, CollectExchange> collects = new ConcurrentHashMap<>();
  private final Collecting collecting;

  /**
   * To be made before the trunks start; takes what they receive.
   *
   * @param quorum     how many nodes an active collector needs, as the cluster is now
   * @param nodeLabels what this node says of itself: its workers say it too
   */
  public Exchanges(Vertx vertx, Lanes lanes, Trunks trunks, Directory directory,
    IntSupplier quorum, Map<String, String> nodeLabels) {
    core = new Core(vertx, lanes, trunks, directory, quorum, nodeLabels);
    requests = new Handles<>(name -> new RequestExchange(name, core), core.lookup::isDeclared);
    inbound = new Inbound(core, new CollectInbound(core, this));
    interop = new EventBusInterop(vertx, directory);
    interop.take(Kind.REQUEST,
      (name, message) -> EventBusInterop.answer(requests.of(name), message));
    trunks.addListener(inbound);
    directory.onChange(this::routesChanged);
    directory.onChange(interop::changed);
    monitors = new Monitors(core);
    directory.onChange(monitors::changed);
    directory.onChange(core.places::changed);
    collecting = new Collecting(core, this);
    trunks.addListener(collecting);
    directory.onChange(collecting::changed);
  }

  /** What ends with a verticle that attached it; for kinds that live in other packages. */
  public Lifelines lifelines() {
    return core.lifelines;
  }

  /** What ends with its exchange; for kinds that live in other packages. */
  public Places places() {
    return core.places;
  }

  /** Finds what is declared; for kinds that live in other packages. */
  public Lookup lookup() {
    return core.lookup;
  }

  /**
   * From now on that one takes what plain event-bus code on this node sends to the address that
   * equals the name of an exchange of that kind, and is given the name; called on the control
   * lane. To be called before the trunks start.
   */
  public void takeFromBus(Kind kind, BiConsumer<String, Message<Object>> taker) {
    interop.take(kind, taker);
  }

  /** A number for a worker of this node. */
  public long nextWorkerId() {
    return core.workers.nextId();
  }

  /**
   * Where balancers of users' own are found from now on; to be called again whenever what can be
   * found there has changed. Any thread.
   */
  public void ownBalancers(OwnBalancers ownBalancers) {
    core.ownBalancers = ownBalancers;
    requests.forEach((name, exchange) -> exchange.resolution().ownBalancersChanged());
  }

  /** Why exchanges go round-robin on this node and not as they say, by their names. */
  public Map<String, String> fallbacks() {
    var fallbacks = new HashMap<String, String>();
    requests.forEach((name, exchange) -> {
      var reason = exchange.resolution().fallback();
      if (reason != null) {
        fallbacks.put(name, reason);
      }
    });
    return fallbacks;
  }

  /** Where the trunks deliver frames. */
  public FrameReceiver receiver() {
    return inbound;
  }

  /**
   * Declares an exchange; idempotent.
   *
   * @param options those that differ from the kind's defaults
   * @return true when it is new, false when it was declared just so already; fails with
   *         CONFLICT when it is declared differently, BAD_REQUEST when the options are wrong
   */
  public Future<Boolean> declare(String name, Kind kind, JsonObject options) {
    try {
      return CallerContext.backHere(core.directory.declare(declaration(name, kind, options)));
    } catch (SwitchboardException refusal) {
      return Future.failedFuture(refusal);
    }
  }

  /** The declaration with all defaults filled in. Throws BAD_REQUEST. */
  public static Declaration declaration(String name, Kind kind, JsonObject options) {
    try {
      var path = "exchanges." + name;
      return new Declaration(name, kind, switch (kind) {
        case REQUEST -> RequestOptions.from(options, path).toJson();
        case TOPIC -> TopicOptions.from(options, path).toJson();
        case TASK -> TaskOptions.from(options, path).toJson();
        case COLLECT -> CollectOptions.from(options, path).toJson();
      });
    } catch (InvalidOption reason) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST, reason.getMessage());
    }
  }

  /** Takes an exchange away from the whole cluster; false when there was none. */
  public Future<Boolean> delete(String name) {
    return CallerContext.backHere(core.directory.delete(name));
  }

  /** The kind of a declared exchange; asks the other nodes once. Fails with NO_EXCHANGE. */
  public Future<Kind> kindOf(String name) {
    return core.lookup.asking(name, () -> {
      var route = core.directory.routes().route(name);
      if (route == null) {
        throw Lookup.unknown(name);
      }
      return Future.succeededFuture(route.declaration().kind());
    });
  }

  /** The handle of a request exchange; the same one every time. Throws for a malformed name. */
  public RequestExchange requests(String name) {
    return requests.of(name);
  }

  /** The handle of a collect exchange; the same one every time. Throws for a malformed name. */
  public CollectExchange collect(String name) {
    var known = collects.get(name);
    return known != null ? known : collects.computeIfAbsent(Names.requireName(name),
      absent -> new CollectExchange(name, core, collecting));
  }

  CollectExchange knownCollect(String name) {
    return collects.get(name);
  }

  /**
   * The collectors of a collect exchange in their order, as JSON: node, number, whether it is
   * the active one, and in which epoch; as far as this node knows.
   */
  public JsonArray collectors(Route route) {
    return CollectorOrder.describe(route, collect(route.declaration().name()).active());
  }

  /**
   * Watches an exchange: the handler is told, on the calling context, exactly once when its last
   * worker or subscriber goes, with the reason, and once when somebody is back; down and up take
   * turns, down first. When it is down already, the handler is told so before the future
   * completes. Nothing is declared. Ends with the verticle, and when it is detached.
   */
  public Future<Attachment> monitor(String exchange, Consumer<Change> handler) {
    return monitors.begin(Watched.exchange(exchange), handler);
  }

  /** Watches one worker likewise, by its node's name and its number there. */
  public Future<Attachment> monitorWorker(
    String exchange, String node, long worker, Consumer<Change> handler) {
    return monitors.begin(new Watched(exchange, node, worker), handler);
  }

  private void routesChanged(Set<String> names) {
    var withWorkers = names.stream().allMatch(core.lookup::isDeclared)
      ? Set.<RequestExchange>of()
      : core.workers.all().stream().map(LocalWorker::exchange).collect(Collectors.toSet());
    names.forEach(name -> requests.keep(name, withWorkers::contains));
  }

  /** The running totals of this node, for each exchange that was used here. */
  public Map<String, JsonObject> figures() {
    var figures = new ConcurrentHashMap<String, JsonObject>();
    requests.forEach((name, exchange) -> figures.put(name, exchange.figures().toJson()));
    collects.forEach((name, exchange) -> figures.put(name, exchange.figures().toJson()));
    return figures;
  }

  /** The workers of this node: exchange, number, what they have in hand and have done. */
  public JsonArray workers() {
    var workers = new JsonArray();
    core.workers.all().forEach(worker -> workers.add(new JsonObject()
      .put("exchange", worker.exchange().name()).put("worker", worker.id())
      .put("inFlight", worker.inHand()).put("mailbox", worker.waiting())
      .put("handled", worker.outcomes().handled())
      .put("failed", worker.outcomes().failed())));
    core.collectors.values().forEach(collector -> workers.add(new JsonObject()
      .put("exchange", collector.exchange().name()).put("worker", collector.id())
      .put("inFlight", collector.inHand()).put("mailbox", collector.waiting())
      .put("handled", collector.handled()).put("failed", collector.failed())));
    return workers;
  }

  /**
   * What is going on here: calls that wait for an answer, deliveries without one, entries that
   * a collector elsewhere has not taken yet.
   */
  public int unfinished() {
    return core.pendingCalls() + core.workers.all().stream()
      .mapToInt(worker -> worker.inHand() + worker.waiting()).sum()
      + core.collectors.values().stream().mapToInt(Collector::inHand).sum()
      + collects.values().stream().mapToInt(CollectExchange::unsent).sum();
  }

  /**
   * Stops being a target: other nodes send nothing new here. Completes when what they had sent
   * by then has arrived and what is in hand is finished, or at the limit.
   */
  public Future<Void> drain(Duration limit) {
    var leaving = new ArrayList<Future<Void>>();
    core.workers.all().forEach(worker -> leaving.add(
      core.directory.detachWorker(worker.exchange().name(), worker.id())));
    core.collectors.values().forEach(collector -> leaving.add(collecting.leave(collector)
      .compose(left -> core.directory.detachWorker(
        collector.exchange().name(), collector.id()))));
    long end = System.nanoTime() + limit.toNanos();
    return Future.join(leaving).otherwiseEmpty().compose(detached -> {
      Promise<Void> finished = Promise.promise();
      var arrived = core.trunks.settled(limit);
      awaitFinished(arrived, end, finished);
      return finished.future();
    });
  }

  private void awaitFinished(Future<Void> arrived, long end, Promise<Void> finished) {
    if (arrived.isComplete() && unfinished() == 0 || System.nanoTime() - end >= 0) {
      finished.complete();
    } else {
      core.vertx.setTimer(LOOK_AGAIN_MILLIS, id -> awaitFinished(arrived, end, finished));
    }
  }
}
