package io.switchboard.exchange;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Detaches what a verticle has attached when the verticle is undeployed. Vert.x ends a local
 * consumer that was made on a deployment's context together with the deployment, and tells its
 * end handler: one such consumer for each deployment is the only public sign of its end.
 */
public final class Lifelines {
  private final Vertx vertx;
  private final AtomicLong count = new AtomicLong();
  private final Map<String, Set<Attachment>> byDeployment = new ConcurrentHashMap<>();

  Lifelines(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Binds the attachment to the life of the context's verticle. On the context. */
  public void tie(Context context, Attachment attachment) {
    var deployment = context.deploymentID();
    if (deployment == null) {
      return;
    }
    byDeployment.computeIfAbsent(deployment, absent -> {
      vertx.eventBus().localConsumer("switchboard/lifeline/" + count.incrementAndGet())
        .handler(message -> message.fail(0, "nothing is sent here"))
        .endHandler(ended -> end(deployment));
      return ConcurrentHashMap.newKeySet();
    }).add(attachment);
  }

  /** For an attachment that was detached by its user. */
  public void untie(Context context, Attachment attachment) {
    var deployment = context.deploymentID();
    var tied = deployment == null ? null : byDeployment.get(deployment);
    if (tied != null) {
      tied.remove(attachment);
    }
  }

  private void end(String deployment) {
    var tied = byDeployment.remove(deployment);
    if (tied != null) {
      tied.forEach(each -> {
        if (each instanceof Place place) {
          place.ended(Attachment.End.UNDEPLOYED);
        }
        each.detach();
        if (each instanceof WorkerAttachment worker) {
          worker.gone();
        }
      });
    }
  }
}
