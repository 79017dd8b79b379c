package io.switchboard.task;

import io.switchboard.message.TaskFrames;
import io.switchboard.trunk.Trunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells all nodes whose a queue is, and asks what they hold of it. That may begin as soon as the
 * new epoch is stored, beside the takeover: a node that has heard of an epoch takes nothing more
 * of an earlier one, so what it tells stays true. On the lane of its queues.
 */
final class RollCalls {
  private final Post post;
  private final Map<String, RollCall> byExchange = new HashMap<>();

  RollCalls(Post post) {
    this.post = post;
  }

  /** @param peers the other nodes in reach */
  void begin(String exchange, int epoch, List<Trunk> peers) {
    var before = byExchange.get(exchange);
    if (before != null && before.epoch() >= epoch) {
      return;
    }
    end(exchange);
    var call = new RollCall(epoch);
    var nodes = new ArrayList<Trunk>(peers);
    nodes.add(null);
    nodes.forEach(node -> call.await(node, post.lanesOf(node)));
    byExchange.put(exchange, call);
    nodes.forEach(node -> announce(exchange, epoch, node));
  }

  /** Calls when all have answered, at the latest half a second from now. */
  void whenOver(String exchange, Runnable action) {
    var call = byExchange.get(exchange);
    post.lane().schedule(call, System.nanoTime() + RollCall.LIMIT_NANOS);
    call.whenOver(() -> {
      end(exchange);
      action.run();
    });
  }

  /** Whatever is answered from now on is not waited for. */
  void end(String exchange) {
    var call = byExchange.remove(exchange);
    if (call != null) {
      post.lane().timers().cancel(call);
    }
  }

  void endAll() {
    byExchange.values().forEach(post.lane().timers()::cancel);
    byExchange.clear();
  }

  /** Tells a node that the queue is owned here. */
  void announce(String exchange, int epoch, Trunk node) {
    if (node != null && !node.isOpen()) {
      return;
    }
    var out = post.beginAnswer(node, node == null ? 0 : node.pairedLane(post.lane()));
    int start = TaskFrames.begin(out, TaskFrames.OWNED);
    TaskFrames.text(out, exchange);
    out.appendLong(epoch);
    TaskFrames.end(out, start);
    post.end();
  }

  /** A node that is in reach only now. */
  void nodeUp(String exchange, Trunk node) {
    var call = byExchange.get(exchange);
    if (call != null) {
      announce(exchange, call.epoch(), node);
    }
  }

  void nodeDown(Trunk node) {
    List.copyOf(byExchange.values()).forEach(call -> call.gone(node));
  }

  void answered(String exchange, Trunk from, long round, int workers) {
    var call = byExchange.get(exchange);
    if (call != null && call.epoch() == round) {
      call.answered(from, workers);
    }
  }

  void attached(String exchange, Trunk from, long round) {
    var call = byExchange.get(exchange);
    if (call != null && call.epoch() == round) {
      call.attached(from);
    }
  }
}
