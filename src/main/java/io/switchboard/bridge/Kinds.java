package io.switchboard.bridge;

import io.switchboard.collect.Collects;
import io.switchboard.exchange.Exchanges;
import io.switchboard.task.Tasks;
import io.switchboard.topic.Topics;
import java.util.Objects;

/** The exchanges of every kind as this node sees them: what the bridge lets outsiders use. */
public record Kinds(Exchanges exchanges, Topics topics, Collects collects, Tasks tasks) {
  /** None is null. */
  public Kinds {
    Objects.requireNonNull(exchanges);
    Objects.requireNonNull(topics);
    Objects.requireNonNull(collects);
    Objects.requireNonNull(tasks);
  }
}
