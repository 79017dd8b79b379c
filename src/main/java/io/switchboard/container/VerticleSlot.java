package io.switchboard.container;

import io.switchboard.container.FileChange.What;
import io.switchboard.container.VerticleStatus.State;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One verticle file's place in the container. Works on one change at a time; of several that
 * come meanwhile only the last one counts. Everything but the status is used on the container's
 * context only.
 */
final class VerticleSlot {
  private static final Logger LOG = LoggerFactory.getLogger(VerticleSlot.class);

  private final Path path;
  private final String file;
  private final Deployer deployer;
  private final RetiredLoaders retired;

  private FileChange next;
  private Promise<Void> busy;
  private final Runnable onChange;
  private volatile RunningVersion running;
  private boolean refused;
  private boolean removed;

  private volatile VerticleStatus status;

  /** @param onChange called when another version runs than before, or none */
  VerticleSlot(Path path, Deployer deployer, RetiredLoaders retired, Runnable onChange) {
    this.onChange = onChange;
    this.path = path;
    this.file = path.getFileName().toString();
    this.deployer = deployer;
    this.retired = retired;
    show(State.DEPLOYING, null);
  }

  /** The file's name without its extension. */
  static String nameOf(String file) {
    return file.substring(0, file.lastIndexOf('.'));
  }

  /** At this moment; any thread. */
  VerticleStatus status() {
    var last = status;
    return new VerticleStatus(last.name(), last.file(), last.state(), last.instances(),
      last.threading(), last.deployedAt(), last.error(), retired.count(file));
  }

  /** Follows the change; completes when the slot has nothing more to do. Never fails. */
  Future<Void> follow(FileChange change) {
    next = change;
    refused = false;
    if (busy == null) {
      busy = Promise.promise();
      var idle = busy.future();
      work();
      return idle;
    }
    return busy.future();
  }

  /** A class of the running version's own; null when it has none of that name. Any thread. */
  Class<?> findClass(String name) {
    var version = running;
    return version == null ? null : version.loader().ownClass(name);
  }

  /** Completes when the slot has nothing to do. */
  Future<Void> idle() {
    return busy == null ? Future.succeededFuture() : busy.future();
  }

  /** True after {@link #refuse}, until the slot follows a change. */
  boolean isRefused() {
    return refused;
  }

  /** True when the last change that was worked on is the file's removal. */
  boolean isRemoved() {
    return removed;
  }

  /** Shows the file as failed without having tried it. Only for a slot that never followed. */
  void refuse(String reason) {
    refused = true;
    LOG.error("{}: {}", file, reason);
    show(State.FAILED, reason);
  }

  private void work() {
    if (next == null) {
      var done = busy;
      busy = null;
      done.complete();
      return;
    }
    var change = next;
    next = null;
    removed = change.what() == What.REMOVED;
    var worked = removed ? remove() : replace();
    worked.onComplete(done -> work());
  }

  private Future<Void> replace() {
    if (running == null) {
      show(State.DEPLOYING, null);
    }
    return deployer.deploy(path).transform((version, failure) -> {
      if (failure != null) {
        failed(failure);
        return Future.succeededFuture();
      }
      var former = running;
      running = version;
      LOG.info("{}: {}, {} on {}", file, former == null ? "deployed" : "replaced",
        running.descriptor().instances() == 1 ? "1 instance"
          : running.descriptor().instances() + " instances", running.descriptor().threading());
      show(State.DEPLOYED, null);
      onChange.run();
      return former == null ? Future.succeededFuture() : deployer.undeploy(file, former);
    });
  }

  private void failed(Throwable cause) {
    var reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    var error = running == null ? reason
      : reason + " (the version of " + running.deployedAt() + " still runs)";
    if (cause instanceof BrokenVerticle || cause instanceof TimeoutException) {
      LOG.error("{}: {}", file, error);
    } else {
      LOG.error("{}: {}", file, error, cause);
    }
    show(running == null ? State.FAILED : State.DEPLOYED, error);
  }

  private Future<Void> remove() {
    if (running == null) {
      return Future.succeededFuture();
    }
    var former = running;
    show(State.UNDEPLOYING, null);
    running = null;
    onChange.run();
    return deployer.undeploy(file, former)
      .onSuccess(undeployed -> LOG.info("{}: undeployed", file));
  }

  private void show(State state, String error) {
    int instances = running == null ? 0 : running.descriptor().instances();
    var threading = running == null ? null : running.descriptor().threading().toString();
    var deployedAt = running == null ? null : running.deployedAt();
    status = new VerticleStatus(
      nameOf(file), file, state, instances, threading, deployedAt, error, 0);
  }
}
