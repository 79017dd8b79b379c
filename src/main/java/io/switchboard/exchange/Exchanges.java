package io.switchboard.exchange;

import io.switchboard.lane.Lanes;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.options.InvalidOption;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Directory;
import io.switchboard.routing.Kind;
import io.switchboard.routing.OwnBalancers;
import io.switchboard.trunk.FrameReceiver;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * All exchanges as one node sees them: declares, deletes and watches those of every kind, and
 * gives out the handles of request exchanges. The other kinds live in packages of their own and
 * are made with this object.
 */
public final class Exchanges {
  private final Core core;
  private final Inbound inbound;
  private final EventBusInterop interop;
  private final Monitors monitors;
  private final Handles<RequestExchange> requests;

  /**
   * To be made before the trunks start; takes what they receive.
   *
   * @param nodeLabels what this node says of itself: its workers say it too
   */
  public Exchanges(Vertx vertx, Lanes lanes, Trunks trunks, Directory directory,
    Map<String, String> nodeLabels) {
    core = new Core(vertx, lanes, trunks, directory, nodeLabels);
    requests = new Handles<>(name -> new RequestExchange(name, core), core.lookup::isDeclared);
    inbound = new Inbound(core);
    interop = new EventBusInterop(vertx, directory);
    interop.take(Kind.REQUEST,
      (name, message) -> EventBusInterop.answer(requests.of(name), message));
    trunks.addListener(inbound);
    directory.onChange(this::routesChanged);
    directory.onChange(interop::changed);
    monitors = new Monitors(core);
    directory.onChange(monitors::changed);
    directory.onChange(core.places::changed);
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

  /** The running totals of this node, for each request exchange that was used here. */
  public Map<String, JsonObject> figures() {
    var figures = new HashMap<String, JsonObject>();
    requests.forEach((name, exchange) -> figures.put(name, exchange.figures().toJson()));
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
    return workers;
  }

  /** What is going on here: calls that wait for an answer, deliveries without one. */
  public int unfinished() {
    return core.pendingCalls() + core.workers.all().stream()
      .mapToInt(worker -> worker.inHand() + worker.waiting()).sum();
  }

  /**
   * Detaches every worker of this node: others send nothing new here, what is in hand is still
   * answered. Completes when every live node knows, whatever became of it.
   */
  public Future<Void> leave() {
    return Future.join(List.copyOf(core.workers.all()).stream()
      .map(worker -> core.directory.detachWorker(worker.exchange().name(), worker.id()))
      .toList()).otherwiseEmpty().mapEmpty();
  }
}
