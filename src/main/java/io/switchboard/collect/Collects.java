package io.switchboard.collect;

import io.switchboard.exchange.Exchanges;
import io.switchboard.exchange.Handles;
import io.switchboard.lane.Lane;
import io.switchboard.lane.Lanes;
import io.switchboard.message.FrameReader;
import io.switchboard.routing.Directory;
import io.switchboard.routing.Route;
import io.switchboard.trunk.FrameReceiver;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * All collect exchanges as one node sees them: their handles, the collectors of this node, and
 * what other nodes send for both.
 */
public final class Collects implements FrameReceiver {
  private final Vertx vertx;
  private final Lanes lanes;
  private final Trunks trunks;
  private final Directory directory;
  private final Exchanges exchanges;
  private final IntSupplier quorum;
  /** The collectors of this node by their number. */
  private final Map<Long, Collector> collectors = new ConcurrentHashMap<>();
  private final Handles<CollectExchange> handles;
  private final CollectInbound inbound;
  private final Collecting collecting;
  private final Remains remains = new Remains(this, Remains.KEPT_MILLIS);

  /**
   * To be made before the trunks start, after the exchanges.
   *
   * @param quorum how many nodes an active collector needs where its exchange does not say, as
   *               the cluster is now
   */
  public Collects(Vertx vertx, Lanes lanes, Trunks trunks, Directory directory,
    Exchanges exchanges, IntSupplier quorum) {
    this.vertx = vertx;
    this.lanes = lanes;
    this.trunks = trunks;
    this.directory = directory;
    this.exchanges = exchanges;
    this.quorum = quorum;
    handles = new Handles<>(
      name -> new CollectExchange(name, this), exchanges.lookup()::isDeclared);
    inbound = new CollectInbound(this);
    collecting = new Collecting(this);
    trunks.addListener(collecting);
    directory.onChange(this::changed);
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

  Collecting collecting() {
    return collecting;
  }

  int quorum() {
    return quorum.getAsInt();
  }

  /** The handle of a collect exchange; the same one every time. Throws for a malformed name. */
  public CollectExchange collect(String name) {
    return handles.of(name);
  }

  /** Null when nobody here has it. */
  CollectExchange known(String name) {
    return handles.known(name);
  }

  /** A handle is needed for its outbox; a collector that is attached keeps its own. */
  private void changed(Set<String> names) {
    collecting.changed(names);
    remains.changed(names);
    names.forEach(name -> handles.keep(name, CollectExchange::holdsEntries));
  }

  void add(Collector collector) {
    collectors.put(collector.id(), collector);
  }

  void remove(Collector collector) {
    collectors.remove(collector.id());
  }

  /** Null when no collector of that number is attached. */
  Collector collector(long id) {
    return collectors.get(id);
  }

  @Override
  public void receive(Lane lane, Trunk from, int fromLane, byte kind, FrameReader frame) {
    inbound.receive(lane, from, fromLane, kind, frame);
  }

  /**
   * The collectors of a collect exchange in their order, as JSON: node, number, whether it is
   * the active one, and in which epoch; as far as this node knows.
   */
  public JsonArray collectors(Route route) {
    return CollectorOrder.describe(route, collect(route.declaration().name()).active());
  }

  /** The running totals of this node, for each collect exchange that was used here. */
  public Map<String, JsonObject> figures() {
    var figures = new HashMap<String, JsonObject>();
    handles.forEach((name, exchange) -> figures.put(name, exchange.figures().toJson()));
    return figures;
  }

  /** The collectors of this node: exchange, number, what they have in hand and have done. */
  public JsonArray workers() {
    var workers = new JsonArray();
    collectors.values().forEach(collector -> workers.add(new JsonObject()
      .put("exchange", collector.exchange().name()).put("worker", collector.id())
      .put("inFlight", collector.inHand()).put("mailbox", collector.waiting())
      .put("handled", collector.handled()).put("failed", collector.failed())));
    return workers;
  }

  /** Entries in hand here, and those that a collector elsewhere has not taken yet. */
  public int unfinished() {
    var sum = new AtomicInteger();
    collectors.values().forEach(collector -> sum.addAndGet(collector.inHand()));
    handles.forEach((name, exchange) -> sum.addAndGet(exchange.unsent()));
    return sum.get();
  }

  /**
   * Detaches every collector of this node; the active ones hand over in order. Completes when
   * every live node knows, whatever became of it.
   */
  public Future<Void> leave() {
    return Future.join(List.copyOf(collectors.values()).stream()
      .map(collector -> collecting.leave(collector).compose(left ->
        directory.detachWorker(collector.exchange().name(), collector.id())))
      .toList()).otherwiseEmpty().mapEmpty();
  }
}
