import io.switchboard.Switchboard;
import io.switchboard.task.Task;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works through the tasks of the exchange {@code reports}: success acks a task, a failure hands
 * it out again. A body {@code {"fail": n}} fails its first n attempts, to show that.
 */
public class ReportsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ReportsVerticle.class);

  @Override
  public Future<?> start() {
    return Switchboard.of(vertx).tasks("reports").work(this::render);
  }

  private Future<?> render(Task task) {
    int failures = task.body() instanceof JsonObject order ? order.getInteger("fail", 0) : 0;
    if (task.attempt() <= failures) {
      return Future.failedFuture("attempt " + task.attempt() + " fails, as it was asked to");
    }
    LOG.info("Report {} of {}: {}", task.id(), Instant.now(), task.body());
    return Future.succeededFuture();
  }
}
