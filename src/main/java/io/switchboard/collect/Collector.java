package io.switchboard.collect;

import io.switchboard.exchange.CollectOptions;
import io.switchboard.exchange.HandlerCall;
import io.switchboard.lane.Lane;
import io.switchboard.message.CollectFrames;
import io.switchboard.message.FrameReader;
import io.switchboard.message.MalformedFrame;
import io.switchboard.trunk.Trunk;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collector of this node. While it reigns, entries come in on its home lane and are handed
 * out on its own context, one burst for each wake-up; nothing is handed out once its lease has
 * run out. What is done is told to the producing nodes at the end of the tick.
 */
final class Collector {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
  private static final int BURST = 256;
  private static final long LOOK_AGAIN_MILLIS = 5;

  private final long id;
  private final CollectExchange exchange;
  private final CollectOptions options;
  private final Function<Entry, Future<?>> handler;
  private final CollectListener listener;
  private final Context context;
  private final Lane home;
  private final boolean onHome;
  private final AtomicBoolean drainScheduled = new AtomicBoolean();
  private final AtomicInteger inHand = new AtomicInteger();
  private final LongAdder handled = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final FrameReader ownReader = new FrameReader();
  private final ArrayList<Source> owed = new ArrayList<>();
  private volatile Reign reign;

  /** @param onHome the context runs on the home lane's event loop */
  Collector(long id, CollectExchange exchange, CollectOptions options,
    Function<Entry, Future<?>> handler, CollectListener listener, Context context, Lane home,
    boolean onHome) {
    this.id = id;
    this.exchange = exchange;
    this.options = options;
    this.handler = handler;
    this.listener = listener;
    this.context = context;
    this.home = home;
    this.onHome = onHome;
  }

  long id() {
    return id;
  }

  Lane home() {
    return home;
  }

  CollectExchange exchange() {
    return exchange;
  }

  Context context() {
    return context;
  }

  int inHand() {
    return inHand.get();
  }

  int waiting() {
    var now = reign;
    return now == null ? 0 : now.mailbox.size();
  }

  long handled() {
    return handled.sum();
  }

  long failed() {
    return failed.sum();
  }

  /** It is the active one from now on. On the control lane. */
  void begin(Reign next) {
    long lost = next.lost();
    context.runOnContext(ignored -> listener.onActive(next.epoch, lost));
    reign = next;
  }

  /** Another one is the active one. On the control lane. */
  void end(String reason) {
    var ended = reign;
    if (ended != null) {
      ended.end();
      reign = null;
      context.runOnContext(ignored -> listener.onStandby(reason));
    }
  }

  /**
   * Ends the reign in order: hands out nothing more and waits until what is in hand is done, or
   * for the limit. On the control lane.
   *
   * @return the number of the last entry that was handed out, for each trunk
   */
  Future<Map<Integer, Long>> finish(String reason, Duration limit) {
    Promise<Map<Integer, Long>> finished = Promise.promise();
    var ending = reign;
    if (ending == null) {
      return Future.succeededFuture(Map.of());
    }
    ending.end();
    long deadline = System.nanoTime() + limit.toNanos();
    // What is being handed out now has been when this task runs behind it.
    context.runOnContext(ignored -> {
      var failure = HandlerCall.run(listener::onStandby, reason);
      if (failure != null) {
        LOG.warn("A collector of {} failed to stand by", exchange.name(), failure);
      }
      home.execute(() -> awaitDone(ending, deadline, finished));
    });
    return finished.future();
  }

  private void awaitDone(Reign ending, long deadline, Promise<Map<Integer, Long>> finished) {
    if (inHand.get() > 0 && System.nanoTime() - deadline < 0) {
      home.context().owner().setTimer(LOOK_AGAIN_MILLIS,
        id -> home.execute(() -> awaitDone(ending, deadline, finished)));
      return;
    }
    var last = new HashMap<Integer, Long>();
    ending.sources().forEach((trunk, source) -> last.put(trunk, source.handedOut()));
    if (reign == ending) {
      reign = null;
    }
    finished.complete(last);
  }

  /** Hands out what waits; to be called when the lease was renewed. Any thread. */
  void wake() {
    var now = reign;
    if (now != null && !now.mailbox.isEmpty()) {
      scheduleDrain();
    }
  }

  /** Takes an entry of another node, whose frame stands behind the numbers. On the home lane. */
  void receive(Trunk from, int fromLane, long epoch, long number, long dropped,
    FrameReader content) {
    var now = reign;
    if (now == null || now.epoch != epoch || now.isOver()) {
      return;
    }
    var source = now.source(from, fromLane, exchange.selfName());
    if (!source.isNext(number)) {
      return;
    }
    if (source.waiting() > 2 * options.mailbox()) {
      throw new MalformedFrame("more entries than the mailbox of a producing node takes");
    }
    var headers = CollectFrames.readHeaders(content);
    now.mailbox.offer(source.arrived(dropped, content.readBody(), headers));
    scheduleDrain();
  }

  /** Takes an entry of this node. On the home lane. */
  void receive(long epoch, long number, long dropped, Buffer content) {
    ownReader.resetToFields(content);
    receive(null, 0, epoch, number, dropped, ownReader);
  }

  private void scheduleDrain() {
    if (!drainScheduled.get() && drainScheduled.compareAndSet(false, true)) {
      context.runOnContext(this::drain);
    }
  }

  private void drain(Void ignored) {
    drainScheduled.set(false);
    var now = reign;
    if (now == null) {
      return;
    }
    // A context that may block gets one entry a task, so that others get their turn.
    int burst = onHome ? BURST : 1;
    for (int i = 0; i < burst; i++) {
      if (inHand.get() >= options.prefetch() || !now.mayAct(System.nanoTime())) {
        return;
      }
      var arrival = now.mailbox.poll();
      if (arrival == null) {
        return;
      }
      if (!onHome && !now.mailbox.isEmpty()) {
        scheduleDrain();
      }
      handle(arrival);
    }
    scheduleDrain();
  }

  private void handle(Source.Arrival arrival) {
    arrival.handedOut = true;
    inHand.incrementAndGet();
    exchange.figures().delivered(1);
    var entry = new Entry(arrival.body, arrival.headers, arrival.source.node,
      arrival.source.reign.epoch, arrival.dropped + arrival.source.reign.takeLost());
    var outcome = HandlerCall.call(handler, entry);
    if (outcome == null) {
      outcome = Future.succeededFuture();
    }
    if (outcome.isComplete()) {
      finished(arrival, outcome.cause());
    } else {
      outcome.onComplete(ended -> finished(arrival, ended.cause()));
    }
  }

  private void finished(Source.Arrival arrival, Throwable failure) {
    if (failure == null) {
      handled.increment();
    } else {
      failed.increment();
      LOG.warn("A collector of {} failed on an entry of node {}", exchange.name(),
        arrival.source.node, failure);
    }
    if (inHand.getAndDecrement() >= options.prefetch()) {
      wake();
    }
    if (Lane.current() == home) {
      settle(arrival);
    } else {
      home.execute(() -> settle(arrival));
    }
  }

  private void settle(Source.Arrival arrival) {
    var source = arrival.source;
    if (source.finished(arrival) && !source.owed) {
      source.owed = true;
      if (owed.isEmpty()) {
        home.atEndOfTick(this::tellDone);
      }
      owed.add(source);
    }
  }

  private void tellDone() {
    for (var source : owed) {
      source.owed = false;
      if (source.trunk == null) {
        exchange.outbox().takenHere(source.reign.epoch, source.done());
      } else if (source.trunk.takesAnswers()) {
        var channel = source.trunk.channel(home, source.lane);
        CollectFrames.appendTaken(
          channel.beginAnswer(), exchange.name(), source.reign.epoch, source.done());
        channel.end();
      }
    }
    owed.clear();
  }
}
