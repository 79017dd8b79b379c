package io.switchboard.task;

import io.switchboard.lane.TimerWheel;
import io.switchboard.trunk.Trunk;
import io.vertx.core.AsyncResult;
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

    /** Null when no task exchange of that name is declared. */
    TaskDeclaration declared(String exchange);
  }

  /** So long after a loss a takeover is done, though everything waits for a processor. */
  private static final long STUCK_NANOS = 1_000_000_000;
  private static final long AGAIN_NANOS = 20_000_000;

  private final Post post;
  private final Ground ground;
  private final Map<String, TaskQueue> open = new HashMap<>();
  private final RollCalls rollCalls;
  private final Map<String, Attempt> opening = new HashMap<>();
  private final LostCopies lostCopies = new LostCopies(System.nanoTime());
  private boolean stopped;
  private boolean hasLooked;
  private boolean quorum;

  /** A queue that is being opened, to own it or to erase it, and what came for it meanwhile. */
  private record Attempt(Arrivals arrivals, TaskDeclaration declaration, long beganNanos) {
    private Attempt(Arrivals arrivals, TaskDeclaration declaration) {
      this(arrivals, declaration, System.nanoTime());
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
    var attempt = opening.get(exchange);
    return attempt != null && attempt.arrivals.keep(isAttaching, resume, refuse);
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
   * meet, and the other part hands the same tasks out. A queue of an exchange that was deleted,
   * or is declared otherwise now, serves nobody any more.
   */
  void look(String exchange) {
    var declared = ground.declared(exchange);
    boolean mine = isMine(exchange, declared);
    var queue = open.get(exchange);
    if (queue != null && (queue.isClosed() || !mine || queue.isStuck()
      || !queue.declaration().equals(declared))) {
      close(queue);
      if (!stopped && queue.declaration().isOver(declared)) {
        erase(exchange, queue.declaration());
        return;
      }
      queue = null;
    }
    if (queue == null && mine) {
      var attempt = opening.get(exchange);
      if (attempt == null) {
        begin(exchange, declared, new Arrivals());
      } else if (lostCopies.areAwaited(attempt.beganNanos, STUCK_NANOS, System.nanoTime())) {
        begin(exchange, declared, attempt.arrivals);
      }
    }
  }

  private boolean isMine(String exchange, TaskDeclaration declared) {
    return !stopped && declared != null && "".equals(ground.store().owner(exchange))
      && haveQuorum();
  }

  private void begin(String exchange, TaskDeclaration declared, Arrivals arrivals) {
    var attempt = new Attempt(arrivals, declared);
    opening.put(exchange, attempt);
    ground.store().open(exchange, declared.options().backups(), declared.life(),
      epoch -> onLane(exchange, attempt,
        () -> rollCalls.begin(exchange, epoch, ground.peers())))
      .onComplete(opened -> onLane(exchange, attempt,
        () -> opened(exchange, attempt, opened)));
  }

  /** Does it on the lane, unless another attempt was begun. */
  private void onLane(String exchange, Attempt attempt, Runnable action) {
    post.lane().execute(() -> {
      if (opening.get(exchange) == attempt) {
        action.run();
      }
    });
  }

  private void opened(String exchange, Attempt attempt, AsyncResult<Store.Opened> opened) {
    var declared = ground.declared(exchange);
    boolean isStale = !attempt.declaration.equals(declared);
    if (opened.failed() && !isStale && isMine(exchange, declared)) {
      againLater(exchange, attempt, opened.cause());
      return;
    }
    if (opened.failed() || stopped || isStale) {
      rollCalls.end(exchange);
      opening.remove(exchange);
      attempt.arrivals.refuse();
      LOG.info("Queue {} was not taken over, it is tried again: {}", exchange,
        stopped ? "the node stops" : isStale ? "it was deleted or declared anew meanwhile"
          : opened.cause().toString());
      if (!stopped && attempt.declaration.isOver(declared)) {
        erase(exchange, attempt.declaration);
      }
      return;
    }
    take(exchange, attempt, opened.result());
    // What may be handed out goes out in this tick; hundreds of submits may wait for the next.
    attempt.arrivals.attach();
    post.lane().execute(() -> {
      opening.remove(exchange, attempt);
      attempt.arrivals.resume();
    });
  }

  /** With what was kept meanwhile: refused, it would come behind what comes next. */
  private void againLater(String exchange, Attempt attempt, Throwable cause) {
    LOG.info("Queue {} is taken over anew: {}", exchange, cause.toString());
    rollCalls.end(exchange);
    post.lane().schedule(new TimerWheel.Timer() {
      @Override
      protected void onDeadline() {
        if (opening.get(exchange) != attempt) {
          return;
        }
        var declared = ground.declared(exchange);
        if (attempt.declaration.equals(declared) && isMine(exchange, declared)) {
          begin(exchange, declared, attempt.arrivals);
        } else {
          opening.remove(exchange);
          attempt.arrivals.refuse();
          look(exchange);
        }
      }
    }, System.nanoTime() + AGAIN_NANOS);
  }

  /**
   * The exchange was deleted. One that is declared under its name later begins empty in any case;
   * it may be open elsewhere by now, and stays as it is.
   */
  private void erase(String exchange, TaskDeclaration deleted) {
    var attempt = new Attempt(new Arrivals(), deleted);
    opening.put(exchange, attempt);
    ground.store().erase(exchange, deleted.life() + 1)
      .onFailure(failure -> LOG.warn(
        "Some tasks of exchange {}, which was deleted, may be stored still", exchange,
        failure))
      .onComplete(erased -> onLane(exchange, attempt, () -> {
        opening.remove(exchange);
        attempt.arrivals.refuse();
        look(exchange);
      }));
  }

  private void close(TaskQueue queue) {
    queue.close();
    open.remove(queue.exchange());
    rollCalls.end(queue.exchange());
    LOG.info("Queue {} is owned here no more", queue.exchange());
  }

  private void take(String exchange, Attempt attempt, Store.Opened opened) {
    long beganNanos = attempt.beganNanos;
    var queue = new TaskQueue(exchange, attempt.declaration, post, this::haveQuorum,
      opened.ledger(), beganNanos);
    boolean hadTasks = queue.restore(opened.slots());
    open.put(exchange, queue);
    var counts = queue.counts();
    LOG.info("Queue {} is owned here, in epoch {}, after {} ms: {} tasks, {} dead letters",
      exchange, queue.epoch(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos),
      counts.ready() + counts.delayed(), counts.dead());
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
    lostCopies.lost(System.nanoTime());
    open.values().forEach(TaskQueue::nodeLost);
    post.lane().schedule(new TimerWheel.Timer() {
      @Override
      protected void onDeadline() {
        List.copyOf(open.keySet()).forEach(Queues.this::look);
      }
    }, System.nanoTime() + Journal.STUCK_NANOS);
  }

  /** The node lives and has lost sight of this one. */
  void nodeForgot(Trunk trunk) {
    open.values().forEach(queue -> queue.nodeForgot(trunk));
    rollCalls.nodeDown(trunk);
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
