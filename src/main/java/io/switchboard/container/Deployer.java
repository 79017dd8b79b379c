package io.switchboard.container;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings versions of verticles up and down. Every future completes within the limits, on the
 * container's context, from which every method is called.
 */
final class Deployer {
  private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

  /** What Vert.x gets on top of the verticle's own limit, to close what the verticle made. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final WorkerExecutor blocking;
  private final ProgramLoader programs;
  private final ContainerOptions options;
  private final RetiredLoaders retired;

  Deployer(Vertx vertx, WorkerExecutor blocking, ProgramLoader programs,
    ContainerOptions options, RetiredLoaders retired) {
    this.vertx = vertx;
    this.blocking = blocking;
    this.programs = programs;
    this.options = options;
    this.retired = retired;
  }

  /** Loads the file as it is now and deploys it. After a failure its loader is closed. */
  Future<RunningVersion> deploy(Path file) {
    return blocking.executeBlocking(() -> programs.load(file), false)
      .compose(loaded -> start(file.getFileName().toString(), loaded));
  }

  private Future<RunningVersion> start(String file, LoadedVerticle loaded) {
    var descriptor = loaded.descriptor();
    var instances = loaded.instances().iterator();
    var deployment = vertx.deployVerticle(
      () -> new LimitedVerticle(
        file, instances.next(), options.deployLimit(), options.undeployLimit()),
      new DeploymentOptions()
        .setClassLoader(loaded.loader().forThreads())
        .setInstances(descriptor.instances())
        .setThreadingModel(descriptor.threading().model())
        .setConfig(descriptor.config().copy()));
    return TimeLimit.of(vertx, deployment, options.deployLimit().plus(GRACE),
        "blocked its thread for " + TimeLimit.shown(options.deployLimit()) + " while starting")
      .map(id -> new RunningVersion(id, loaded.loader(), descriptor, Instant.now()))
      .onFailure(reason -> {
        deployment.onSuccess(vertx::undeploy);
        close(file, loaded.loader());
      });
  }

  /** Never fails: what does not stop in time is logged and left behind. */
  Future<Void> undeploy(String file, RunningVersion version) {
    var undeployment = vertx.undeploy(version.deploymentId());
    return TimeLimit.of(vertx, undeployment, options.undeployLimit().plus(GRACE),
        "blocked its thread for " + TimeLimit.shown(options.undeployLimit()) + " while stopping")
      .recover(reason -> {
        LOG.warn("{}: {}; some of it may go on running", file, reason.getMessage());
        return Future.succeededFuture();
      })
      .compose(undeployed -> close(file, version.loader()));
  }

  private Future<Void> close(String file, VerticleClassLoader loader) {
    return blocking.<Void>executeBlocking(() -> {
      retired.add(file, loader);
      loader.close();
      return null;
    }, false).recover(reason -> {
      LOG.warn("{}: its class loader could not be closed: {}", file, reason.toString());
      return Future.succeededFuture();
    });
  }
}
