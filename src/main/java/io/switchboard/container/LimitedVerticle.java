package io.switchboard.container;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A verticle whose start and stop are over after a while. Vert.x waits for both without a limit,
 * and only then closes the consumers, timers and servers that the verticle made; so a verticle
 * that never finishes stopping would go on receiving messages.
 *
 * <p>Lets go of the verticle once it has failed or stopped, as Vert.x keeps this object after a
 * failed deployment, and would stop its instances again when it closes.
 */
final class LimitedVerticle implements Deployable {
  private static final Logger LOG = LoggerFactory.getLogger(LimitedVerticle.class);

  private final String file;
  private final Duration deployLimit;
  private final Duration undeployLimit;
  private volatile Deployable verticle;

  LimitedVerticle(
    String file, Deployable verticle, Duration deployLimit, Duration undeployLimit) {
    this.file = file;
    this.verticle = verticle;
    this.deployLimit = deployLimit;
    this.undeployLimit = undeployLimit;
  }

  @Override
  public Future<?> deploy(Context context) {
    return TimeLimit.of(context.owner(), begin(context), deployLimit,
        "did not start within " + TimeLimit.shown(deployLimit))
      .recover(reason -> {
        verticle = null;
        return Future.failedFuture(
          reason instanceof TimeoutException ? reason : DetachedFailure.of(reason));
      });
  }

  private Future<Object> begin(Context context) {
    try {
      var started = verticle.deploy(context);
      return started == null
        ? Future.failedFuture("start() returned null; it must return a Future")
        : started.mapEmpty();
    } catch (Exception | LinkageError failed) {
      return Future.failedFuture(failed);
    }
  }

  @Override
  public Future<?> undeploy(Context context) {
    var stopping = verticle;
    verticle = null;
    if (stopping == null) {
      return Future.succeededFuture();
    }
    return TimeLimit.of(context.owner(), end(stopping, context), undeployLimit,
        "did not stop within " + TimeLimit.shown(undeployLimit))
      .recover(reason -> {
        LOG.warn("{}: {}; what it left open is closed", file, reason.getMessage(), reason);
        return Future.succeededFuture();
      });
  }

  private static Future<Object> end(Deployable verticle, Context context) {
    try {
      var stopped = verticle.undeploy(context);
      return stopped == null ? Future.succeededFuture() : stopped.mapEmpty();
    } catch (Exception | LinkageError failed) {
      return Future.failedFuture(failed);
    }
  }
}
