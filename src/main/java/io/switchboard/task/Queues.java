package io.switchboard.task;

import io.switchboard.exchange.TaskOptions;
import io.switchboard.lane.TimerWheel;
import io.switchboard.trunk.Trunk;
import io.vertx.core.AsyncResult;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queues that this node owns and that live on one lane. On its thread only. */
final class Queues {
  private static final Logger LOG = LoggerFactory.getLogger(Queues.class);

  /** What the queues stand on. */
  interface Ground {
    Store store();

    /** The other nodes in reach. */
    List<Trunk> peers();

    /** The options of a declared task exchange; null when none of that name is declared. */
    TaskOptions options(String exchange);
  }

  private static final int MAX_WAITING = 16_384;

  private final Post post;
  private final Ground ground;
  private final Map<String, TaskQueue> open = new HashMap<>();
  private final RollCalls rollCalls;
  /** What came for a queue that is being opened. */
  private final Map<String, Kept> opening = new HashMap<>();
  private boolean stopped;
  private boolean hasLooked;
  private boolean quorum;

  /** An operation that came too early. */
  private record Waiting(Runnable resume, Runnable refuse) {
  }

  /** Handed on in its order once the queue is open: first who works there, then the rest. */
  private record Kept(ArrayDeque<Waiting> attaching, ArrayDeque<Waiting> rest) {
    private Kept() {
      this(new ArrayDeque<>(), new ArrayDeque<>());
    }

    private int size() {
      return attaching.size() + rest.size();
    }

    private void attach() {
      // Who is accepted may be followed by another one at once.
      for (var each = attaching.poll(); each != null; each = attaching.poll()) {
        each.resume.run();
      }
    }

    private void refuse() {
      attaching.forEach(each -> each.refuse.run());
      rest.forEach(each -> each.refuse.run());
    }
  }

  Queues(Post post, Ground ground) {
    this.post = post;
    this.ground = ground;
    rollCalls = new RollCalls(post);
  }

  /** Null when this node is not, or not yet, the owner; then it finds out whether it should. */
  TaskQueue find(String exchange) {
    if (!opening.isEmpty() && opening.containsKey(exchange)) {
      return null;
    }
    var queue = opened(exchange);
    if (queue == null) {
      look(exchange);
    }
    return queue;
  }

  /** For what was kept until then; null when it was not opened after all. */
  TaskQueue opened(String exchange) {
    var queue = open.get(exchange);
    return queue == null || queue.isClosed() ? null : queue;
  }

  /**
   * Keeps an operation until its queue is open, so that those behind it do not pass it; false
   * when the queue is not being opened, or too many wait for it.
   */
  boolean keep(String exchange, boolean isAttaching, Runnable resume, Runnable refuse) {
    var kept = opening.get(exchange);
    if (kept == null || kept.size() >= MAX_WAITING) {
      return false;
    }
    (isAttaching ? kept.attaching : kept.rest).add(new Waiting(resume, refuse));
    return true;
  }

  List<TaskQueue> all() {
    return List.copyOf(open.values());
  }

  /** False while too few nodes are in reach: then no queue is open here. */
  boolean haveQuorum() {
    if (!hasLooked) {
      // Once in a tick: many tasks come in one.
      hasLooked = true;
      quorum = ground.store().hasQuorum();
      post.lane().atEndOfTick(() -> hasLooked = false);
    }
    return quorum;
  }

  /**
   * Opens or closes the queue when this node should own it, or should no more. The smaller part
   * of a parted cluster gives its queues up: what it noted of them would be lost when the parts
   * meet, and the other part hands the same tasks out.
   */
  void look(String exchange) {
    var options = ground.options(exchange);
    boolean mine = !stopped && options != null && "".equals(ground.store().owner(exchange))
      && haveQuorum();
    var queue = open.get(exchange);
    if (queue != null && (queue.isClosed() || !mine || queue.isStuck())) {
      close(queue);
      if (options == null && !stopped) {
        erase(exchange, queue.backups());
        return;
      }
      queue = null;
    }
    if (queue == null && mine && !opening.containsKey(exchange)) {
      opening.put(exchange, new Kept());
      long began = System.nanoTime();
      ground.store().open(exchange, options.backups(), epoch ->
        post.lane().execute(() -> begun(exchange, epoch))).onComplete(opened ->
        post.lane().execute(() -> opened(exchange, options, opened, began)));
    }
  }

  private void opened(
    String exchange, TaskOptions options, AsyncResult<Store.Opened> opened, long began) {
    if (opened.failed() || stopped) {
      rollCalls.end(exchange);
      opening.remove(exchange).refuse();
      LOG.info("Queue {} was not taken over, it is tried again: {}", exchange,
        stopped ? "the node stops" : opened.cause().toString());
      return;
    }
    take(exchange, options, opened.result(), began);
    // What may be handed out goes out in this tick; hundreds of submits may wait for the next.
    var kept = opening.get(exchange);
    kept.attach();
    post.lane().execute(() -> {
      opening.remove(exchange, kept);
      kept.attach();
      kept.rest.forEach(each -> each.resume.run());
    });
  }

  private void begun(String exchange, int epoch) {
    if (opening.containsKey(exchange) && !stopped) {
      rollCalls.begin(exchange, epoch, ground.peers());
    }
  }

  /** The exchange was deleted: one that is declared under its name later begins empty. */
  private void erase(String exchange, int backups) {
    opening.put(exchange, new Kept());
    ground.store().open(exchange, backups, epoch -> { }).compose(opened -> opened.ledger().write(
      opened.slots().keySet().stream().map(Change::remove).toList()))
      .onComplete(erased -> post.lane().execute(() -> {
        if (erased.failed() || !erased.result()) {
          LOG.warn("Some tasks of exchange {}, which was deleted, may be stored still", exchange,
            erased.cause());
        }
        opening.remove(exchange).refuse();
        look(exchange);
      }));
  }

  private void close(TaskQueue queue) {
    queue.close();
    open.remove(queue.exchange());
    rollCalls.end(queue.exchange());
    LOG.info("Queue {} is owned here no more", queue.exchange());
  }

  private void take(
    String exchange, TaskOptions options, Store.Opened opened, long beganNanos) {
    var queue = new TaskQueue(
      exchange, options, post, this::haveQuorum, opened.ledger(), beganNanos);
    boolean hadTasks = queue.restore(opened.slots());
    open.put(exchange, queue);
    LOG.info("Queue {} is owned here, in epoch {}, after {} ms: {}", exchange, queue.epoch(),
      TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos), queue.counts());
    if (hadTasks) {
      queue.recall();
      rollCalls.whenOver(exchange, queue::recalled);
    } else {
      rollCalls.end(exchange);
    }
  }

  RollCalls rollCalls() {
    return rollCalls;
  }

  /** Somebody has begun that epoch: a queue of an earlier one is taken over, or was to be. */
  void owned(String exchange, int epoch) {
    var queue = open.get(exchange);
    if (queue != null && queue.epoch() < epoch) {
      close(queue);
      look(exchange);
    }
  }

  /** A node is in reach, again perhaps: it learns what is owned here. */
  void nodeUp(Trunk trunk) {
    open.values().forEach(
      queue -> rollCalls.announce(queue.exchange(), queue.epoch(), trunk));
    opening.keySet().forEach(exchange -> rollCalls.nodeUp(exchange, trunk));
  }

  /** The store has lost a node: a write may wait for it. */
  void nodeLost() {
    open.values().forEach(TaskQueue::nodeLost);
    post.lane().schedule(new TimerWheel.Timer() {
      @Override
      protected void onDeadline() {
        List.copyOf(open.keySet()).forEach(Queues.this::look);
      }
    }, System.nanoTime() + Journal.STUCK_NANOS);
  }

  void nodeDown(Trunk trunk) {
    open.values().forEach(queue -> queue.nodeDown(trunk));
    rollCalls.nodeDown(trunk);
  }

  /** Gives all queues up; their tasks stay in the store. */
  void stop() {
    stopped = true;
    open.values().forEach(TaskQueue::close);
    open.clear();
    rollCalls.endAll();
  }
}
