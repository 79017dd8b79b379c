package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.Switchboard;
import io.switchboard.exchange.RequestExchange;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A caller of its own process asks workers on two nodes while one of them is killed. */
class RetryIT {
  private static final Logger LOG = LoggerFactory.getLogger(RetryIT.class);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int RATE = 2_000;
  private static final int WARM_UP = 10_000;
  private static final int PENDING = 50;
  private static final long SLOW_NANOS = Duration.ofMillis(100).toNanos();

  private static FatJarCluster cluster;
  private static Switchboard board;

  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger slowBefore = new AtomicInteger();
  private final AtomicInteger slowAfter = new AtomicInteger();
  private volatile long killedNanos = Long.MAX_VALUE;

  @BeforeAll
  static void start() throws Exception {
    var folder = FatJarCluster.verticleFolder();
    Sources.worker(folder, "Steady", "steady",
      "vertx.timer(10, java.util.concurrent.TimeUnit.MILLISECONDS).map(request.body())");
    cluster = FatJarCluster.start(2, node -> List.of("--verticles", folder.toString(),
      "--set", "exchanges.steady.kind=request", "--set", "exchanges.steady.idempotent=true"));
    board = Await.result(Switchboard.launch(new JsonObject().put("name", "caller")
      .put("cluster", cluster.clusterOptions())), LIMIT);
  }

  @AfterAll
  static void stop() throws Exception {
    if (board != null) {
      Await.result(board.stop(), LIMIT);
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aKilledNodeFailsNoRequestOfAnIdempotentExchange() throws Exception {
    Eventually.see("both nodes work", LIMIT,
      () -> shown().getJsonArray("workers").size(), workers -> workers == 2);
    int seconds = Boolean.getBoolean("long") ? 30 : 4;
    var load = new Load(board.requests("steady"), seconds * RATE);
    // What just-started nodes take for their first requests is another matter.
    for (int i = 0; i < WARM_UP; i += PENDING) {
      Await.result(Future.join(IntStream.range(0, PENDING)
        .mapToObj(each -> board.requests("steady").request("x")).toList()), LIMIT);
    }
    load.begin();
    Eventually.see("the load has run for a while", LIMIT, answered::get,
      count -> count > load.total / 3);
    killedNanos = System.nanoTime();
    cluster.kill(1);
    Eventually.see("every request has ended", LIMIT,
      () -> answered.get() + failures.size(), ended -> ended == load.total);
    long retries = shown().getJsonObject("figures").getLong("retries");
    LOG.info("{} requests, {} retries, {} failed; slower than 100 ms: {} of those asked while"
        + " both nodes worked, {} of those in hand at the kill or asked after it", load.total,
      retries, failures.size(), slowBefore.get(), slowAfter.get());
    assertThat(failures).isEmpty();
    assertThat(retries).isBetween(1L, (long) load.total / 10);
  }

  private static JsonObject shown() throws IOException {
    return new JsonObject(cluster.api(0).get("/api/v1/exchanges/steady").body());
  }

  /** Sends at its rate whatever becomes of the requests; a delay counts from when one was due. */
  private final class Load {
    private static final long GAP_NANOS = 1_000_000_000L / RATE;

    private final RequestExchange exchange;
    private final int total;
    private long startNanos;
    private int sent;

    private Load(RequestExchange exchange, int total) {
      this.exchange = exchange;
      this.total = total;
    }

    private void begin() {
      board.vertx().getOrCreateContext().runOnContext(ignored -> {
        startNanos = System.nanoTime();
        board.vertx().setPeriodic(1, this::sendDue);
      });
    }

    private void sendDue(long timer) {
      long due = (System.nanoTime() - startNanos) / GAP_NANOS;
      while (sent < Math.min(due, total)) {
        send(startNanos + sent++ * GAP_NANOS);
      }
      if (sent == total) {
        board.vertx().cancelTimer(timer);
      }
    }

    private void send(long dueNanos) {
      exchange.request("x").onComplete(outcome -> {
        if (outcome.failed()) {
          failures.add(String.valueOf(outcome.cause()));
          return;
        }
        long now = System.nanoTime();
        if (now - dueNanos > SLOW_NANOS) {
          (now < killedNanos ? slowBefore : slowAfter).incrementAndGet();
        }
        answered.incrementAndGet();
      });
    }
  }
}
