package io.switchboard.container;

import java.time.Instant;

/** A version of a verticle that is deployed. */
record RunningVersion(
  String deploymentId, VerticleClassLoader loader, VerticleDescriptor descriptor,
  Instant deployedAt) {
}
