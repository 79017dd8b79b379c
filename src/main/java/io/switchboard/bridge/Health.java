package io.switchboard.bridge;

import io.vertx.ext.healthchecks.HealthChecks;
import java.util.Objects;

/**
 * What {@code /health/live} and {@code /health/ready} ask. The checks are called on any of the
 * bridge's event loops and must not block.
 *
 * @param live  whether the process should be kept
 * @param ready whether the process should be given work
 */
public record Health(HealthChecks live, HealthChecks ready) {
  public Health {
    Objects.requireNonNull(live);
    Objects.requireNonNull(ready);
  }
}
