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
 */
final class LimitedVerticle implements Deployable {
  private static final Logger LOG = LoggerFactory.getLogger(LimitedVerticle.class);

  private final String file;
  private final Deployable verticle;
  private final Duration deployLimit;
  private final Duration undeployLimit;

  LimitedVerticle(
    String file, Deployable verticle, Duration deployLimit, Duration undeployLimit) {
    this.file = file;
    this.verticle = verticle;
    this.deployLimit = deployLimit;
    this.undeployLimit = undeployLimit;
  }

  @Override
  public Future<?> deploy(Context context) throws Exception {
    var started = verticle.deploy(context);
    if (started == null) {
      throw new BrokenVerticle("start() returned null; it must return a Future");
    }
    return TimeLimit.of(context.owner(), started, deployLimit,
      "did not start within " + TimeLimit.shown(deployLimit));
  }

  @Override
  public Future<?> undeploy(Context context) throws Exception {
    var stopped = verticle.undeploy(context);
    if (stopped == null) {
      return Future.succeededFuture();
    }
    return TimeLimit.of(context.owner(), stopped.<Object>mapEmpty(), undeployLimit,
        "did not stop within " + TimeLimit.shown(undeployLimit))
      .recover(reason -> {
        LOG.warn("{}: {}; it is cut off", file,
          reason instanceof TimeoutException ? reason.getMessage() : "stop failed: " + reason);
        return Future.succeededFuture();
      });
  }
}
