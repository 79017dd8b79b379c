package io.switchboard.container;

import io.vertx.core.Deployable;
import java.util.List;

/** A version of a verticle that is ready to be deployed: as many instances as it asked for. */
record LoadedVerticle(
  VerticleClassLoader loader, List<Deployable> instances, VerticleDescriptor descriptor) {
}
