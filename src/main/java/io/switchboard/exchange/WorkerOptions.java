package io.switchboard.exchange;

import io.switchboard.routing.Labels;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a worker says of itself, for balancers to go by. Immutable; keep and reuse it.
 *
 * @param weight what share it wants beside the others, 1 to 1,000, where the balancer is
 *               {@code weighted}
 * @param labels such as {@code zone: a}; its node's labels are added where it has none of that
 *               name
 */
public record WorkerOptions(int weight, Map<String, String> labels) {
  /** Weight 1, and the labels of the node. */
  public static final WorkerOptions DEFAULT = new WorkerOptions(1, Map.of());

  /** Throws IllegalArgumentException for a weight or a label out of bounds. */
  public WorkerOptions {
    Labels.checkedWeight(weight);
    labels = Labels.checked(labels);
  }

  /** A worker that wants so many times the share of one of weight 1. */
  public static WorkerOptions weighing(int weight) {
    return DEFAULT.weight(weight);
  }

  /** A worker with a label. */
  public static WorkerOptions labelled(String name, String value) {
    return DEFAULT.label(name, value);
  }

  /** Replaces the weight. */
  public WorkerOptions weight(int weight) {
    return new WorkerOptions(weight, labels);
  }

  /** Adds or replaces a label. */
  public WorkerOptions label(String name, String value) {
    var more = new TreeMap<>(labels);
    more.put(name, value);
    return new WorkerOptions(weight, more);
  }

  /** With those of the node that it has none of that name for. */
  WorkerOptions with(Map<String, String> ofNode) {
    if (ofNode.isEmpty()) {
      return this;
    }
    var all = new TreeMap<>(ofNode);
    all.putAll(labels);
    return new WorkerOptions(weight, all);
  }
}
