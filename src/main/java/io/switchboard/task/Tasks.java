package io.switchboard.task;

import io.switchboard.exchange.Exchanges;
import io.switchboard.exchange.Handles;
import io.switchboard.exchange.TaskOptions;
import io.switchboard.lane.Lane;
import io.switchboard.lane.Lanes;
import io.switchboard.message.FrameReader;
import io.switchboard.message.TaskFrames;
import io.switchboard.routing.Directory;
import io.switchboard.routing.Kind;
import io.switchboard.trunk.FrameReceiver;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.TrunkListener;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** All task exchanges as one node sees them: their handles, workers and the queues it owns. */
public final class Tasks implements FrameReceiver, TrunkListener {
  private static final long LOOK_MILLIS = 250;
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final Vertx vertx;
  private final Lanes lanes;
  private final Trunks trunks;
  private final Directory directory;
  private final Exchanges exchanges;
  private final Store store;
  private final Owners owners;
  private final LaneTasks[] byLane;
  private final Handles<TaskExchange> handles;
  private final Map<Long, TaskWorker> workers = new ConcurrentHashMap<>();
  private final AtomicLong lastTask = new AtomicLong();
  private final Standstill standstill = new Standstill(System.nanoTime());
  private long timer;
  private volatile boolean stopped;

  /** To be made before the trunks start, after the exchanges. */
  public Tasks(Vertx vertx, Lanes lanes, Trunks trunks, Directory directory,
    Exchanges exchanges, Store store) {
    this.vertx = vertx;
    this.lanes = lanes;
    this.trunks = trunks;
    this.directory = directory;
    this.exchanges = exchanges;
    this.store = store;
    owners = new Owners(trunks, store);
    var ground = new Ground();
    byLane = lanes.all().stream()
      .map(lane -> new LaneTasks(
        lane, this, owners, ground, exchanges.lookup()::isDeclared, standstill))
      .toArray(LaneTasks[]::new);
    trunks.addListener(this);
    handles = new Handles<>(
      name -> new TaskExchange(name, this), exchanges.lookup()::isDeclared);
    directory.onChange(changed -> changed.forEach(name -> {
      look(name);
      if (!exchanges.lookup().isDeclared(name)) {
        owners.drop(name);
        onEveryLane(lane -> lane.drop(name));
      }
      // Workers and leases do without it, and it holds nothing of its own.
      handles.keep(name, handle -> false);
    }));
  }

  /** Begins to own queues; the node must be able to receive frames. */
  public void start() {
    store.onChange(this::lookAll, () -> onEveryLane(lane -> lane.queues().nodeLost()));
    standstill.begin(System.nanoTime());
    timer = vertx.setPeriodic(LOOK_MILLIS, id -> {
      standstill.beat(System.nanoTime());
      lookAll();
      onEveryLane(lane -> lane.queues().all().forEach(TaskQueue::tidy));
    });
    lookAll();
  }

  private final class Ground implements Queues.Ground {
    @Override
    public Store store() {
      return store;
    }

    @Override
    public List<Trunk> peers() {
      return trunks.open();
    }

    @Override
    public TaskDeclaration declared(String exchange) {
      var route = directory.routes().route(exchange);
      return route == null || route.declaration().kind() != Kind.TASK ? null
        : new TaskDeclaration(
          route.life(), TaskOptions.from(route.declaration().options(), exchange));
    }
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

  LaneTasks on(Lane lane) {
    return byLane[lane.index()];
  }

  TaskId nextTaskId() {
    return new TaskId(trunks.self().incarnation(), lastTask.incrementAndGet());
  }

  /** The handle of a task exchange; the same one every time. Throws for a malformed name. */
  public TaskExchange tasks(String name) {
    return handles.of(name);
  }

  void add(TaskWorker worker) {
    workers.put(worker.id(), worker);
  }

  void remove(TaskWorker worker) {
    workers.remove(worker.id());
  }

  /** The workers of this node: exchange, number, what they have in hand and have done. */
  public JsonArray workers() {
    var list = new JsonArray();
    workers.values().forEach(worker -> list.add(new JsonObject()
      .put("exchange", worker.exchangeName()).put("worker", worker.id())
      .put("inFlight", worker.inHand()).put("mailbox", 0)
      .put("handled", worker.handled()).put("failed", worker.failures())));
    return list;
  }

  private void lookAll() {
    for (var route : directory.routes().routes()) {
      if (route.declaration().kind() == Kind.TASK) {
        look(route.declaration().name());
      }
    }
  }

  private void look(String exchange) {
    if (stopped) {
      // The store tells of changes until its node has left; this one's event loops end before.
      return;
    }
    int lane = Owners.lane(exchange, byLane.length);
    lanes.get(lane).execute(() -> byLane[lane].queues().look(exchange));
  }

  private void onEveryLane(Consumer<LaneTasks> action) {
    for (var each : byLane) {
      each.lane().execute(() -> action.accept(each));
    }
  }

  @Override
  public void receive(Lane lane, Trunk from, int fromLane, byte kind, FrameReader frame) {
    if (kind == TaskFrames.OWNED) {
      var exchange = frame.readText();
      int epoch = (int) frame.readLong();
      if (owners.learned(exchange, from, epoch)) {
        onEveryLane(each -> each.owned(exchange, from, epoch));
      }
    } else {
      byLane[lane.index()].receive(from, fromLane, kind, frame);
    }
  }

  @Override
  public void onUp(Trunk trunk) {
    onEveryLane(lane -> lane.queues().nodeUp(trunk));
  }

  @Override
  public void onDown(Trunk trunk, String reason) {
    onEveryLane(lane -> lane.nodeDown(trunk));
  }

  @Override
  public void onForgotten(Trunk trunk, String reason) {
    onEveryLane(lane -> lane.nodeForgot(trunk));
  }

  /** How many tasks are in hand and how many operations are unanswered here. */
  public int unfinished() {
    int sum = workers.values().stream().mapToInt(Holding::inHand).sum();
    for (var each : byLane) {
      sum += each.operations().pending();
    }
    return sum;
  }

  /**
   * Takes no more tasks: what was not begun goes back, what was begun is finished, at the latest
   * at the limit; then the workers are detached.
   */
  public Future<Void> drain(Duration limit) {
    var all = List.copyOf(workers.values());
    all.forEach(worker -> worker.withdraw(true));
    long end = System.nanoTime() + limit.toNanos();
    Promise<Void> done = Promise.promise();
    awaitFinished(all, end, done);
    return done.future().compose(finished -> Future.join(
      all.stream().map(worker -> worker.withdraw(false)).toList()).otherwiseEmpty().mapEmpty());
  }

  private void awaitFinished(List<TaskWorker> all, long end, Promise<Void> done) {
    boolean idle = all.stream().allMatch(worker -> worker.inHand() == 0);
    if (idle || System.nanoTime() - end >= 0) {
      done.complete();
    } else {
      vertx.setTimer(LOOK_AGAIN_MILLIS, id -> awaitFinished(all, end, done));
    }
  }

  /** Gives up the queues that are owned here; their tasks stay in the store. */
  public Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    Promise<Void> done = Promise.promise();
    onEveryLane(lane -> lane.queues().stop());
    lanes.control().execute(done::complete);
    return done.future();
  }
}
