package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.switchboard.task.SubmitOptions;
import io.switchboard.task.TaskExchange;
import io.switchboard.testing.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Tasks under way while nodes are killed, frozen and stopped: what workers in other processes
 * wrote of it is checked afterwards.
 */
class TaskKillIT {
  private static final boolean LONG = !System.getProperty("long", "").isEmpty();
  private static final int NODES = LONG ? 5 : 3;
  private static final int PREFETCH = 16;
  /** Chains that each submit one task after another: so many submits are under way. */
  private static final int CHAINS = LONG ? 64 : 24;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SOURCE = """
    import io.switchboard.Switchboard;
    import io.switchboard.task.Task;
    import io.switchboard.task.WorkOptions;
    import io.vertx.core.Future;
    import io.vertx.core.VerticleBase;
    import io.vertx.core.json.JsonObject;
    import java.io.FileWriter;
    import java.io.IOException;
    import java.time.Instant;
    import java.time.temporal.ChronoUnit;

    public class Recorder extends VerticleBase {
      private FileWriter log;

      @Override
      public Future<?> start() throws IOException {
        var board = Switchboard.of(vertx);
        log = new FileWriter("%s/" + board.nodeName() + "-" + ProcessHandle.current().pid(), true);
        return board.tasks("history").work(WorkOptions.prefetch(%d).manual(), this::work);
      }

      private Future<?> work(Task task) {
        write("delivered", task);
        vertx.setTimer(5, id -> task.ack().onSuccess(stored -> write("acked", task)));
        return null;
      }

      private void write(String event, Task task) {
        try {
          log.write(new JsonObject().put("event", event).put("n", task.body())
            .put("id", task.id().toString()).put("token", task.token())
            .put("attempt", task.attempt()).put("node", Switchboard.of(vertx).nodeName())
            .put("at", ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())).encode() + "\\n");
          log.flush();
        } catch (IOException broken) {
          throw new java.io.UncheckedIOException(broken);
        }
      }
    }
    """;

  private final TaskHistory history = new TaskHistory();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicBoolean enough = new AtomicBoolean();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private Path logs;
  private FatJarCluster cluster;
  private Switchboard producer;

  @BeforeEach
  void start() throws Exception {
    logs = FatJar.folder("history");
    var verticles = FatJarCluster.verticleFolder();
    Files.writeString(verticles.resolve("Recorder.java"), SOURCE.formatted(logs, PREFETCH));
    cluster = FatJarCluster.start(NODES, "--verticles", verticles.toString());
    producer = Await.result(Switchboard.launch(new JsonObject().put("name", "producer")
      .put("cluster", cluster.clusterOptions())), Duration.ofSeconds(40));
    assertThat(Await.result(producer.declare("history", Kind.TASK, new JsonObject()))).isFalse();
  }

  @AfterEach
  void stop() throws Exception {
    enough.set(true);
    if (producer != null) {
      Await.result(producer.stop(), Duration.ofSeconds(40));
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void nothingThatWasAnsweredIsLost(TestReporter reporter) throws Exception {
    begin();
    awaitProgress(200);
    int kills = LONG ? 100 : 1;
    long slowest = 0;
    for (int i = 0; i < kills; i++) {
      slowest = Math.max(slowest, killAndRestart());
    }
    for (var frozen : LONG ? List.of(3, 10, 30) : List.of(1)) {
      freeze(Duration.ofSeconds(frozen));
    }
    leaveAndComeBack();
    finish(reporter, kills + " kills, redelivered after at most " + slowest + " ms");
    // The victim's prefetch, and verdicts of all workers that had no answer yet.
    assertThat(history.duplicates()).isLessThanOrEqualTo((kills + 3L) * PREFETCH * NODES);
  }

  private long killAndRestart() throws Exception {
    int victim = random.nextInt(NODES);
    long killed = micros();
    cluster.kill(victim);
    awaitProgress(100);
    cluster.restart(victim);
    awaitWhole();
    awaitProgress(50);
    return redeliveryMillis(cluster.name(victim), killed);
  }

  private void freeze(Duration time) throws Exception {
    int victim = random.nextInt(NODES);
    cluster.pause(victim);
    long end = System.nanoTime() + time.toNanos();
    Eventually.holds("the time is over", SOON, () -> System.nanoTime() > end);
    cluster.resume(victim);
    awaitWhole();
    awaitProgress(100);
  }

  private void leaveAndComeBack() throws Exception {
    int leaver = random.nextInt(NODES);
    assertThat(cluster.stop(leaver)).isIn(0, 143);
    awaitProgress(50);
    cluster.restart(leaver);
    awaitWhole();
    awaitProgress(50);
  }

  private void begin() {
    var exchange = producer.tasks("history");
    for (int chain = 0; chain < CHAINS; chain++) {
      var key = chain % 2 == 0 ? "key-" + chain : null;
      running.incrementAndGet();
      producer.vertx().runOnContext(ignored -> submitNext(exchange, key));
    }
  }

  private void submitNext(TaskExchange exchange, String key) {
    if (enough.get()) {
      running.decrementAndGet();
      return;
    }
    int number = numbers.incrementAndGet();
    synchronized (history) {
      history.submitted(number, key);
    }
    exchange.submit(number, SubmitOptions.DEFAULT.key(key)).onComplete(outcome -> {
      if (outcome.succeeded()) {
        synchronized (history) {
          history.answered(number, outcome.result().toString());
        }
      } else {
        unanswered.incrementAndGet();
      }
      producer.vertx().setTimer(20, id -> submitNext(exchange, key));
    });
  }

  private int answered() {
    synchronized (history) {
      return history.answeredCount();
    }
  }

  private void awaitProgress(int more) {
    int before = answered();
    Eventually.holds(more + " more submits answered (seed " + seed + ")", SOON,
      () -> answered() >= before + more);
  }

  private void awaitWhole() {
    Eventually.holds("all nodes are there", SOON,
      () -> producer.memberCount() == NODES + 1);
  }

  /** Waits until every task has gone, then checks the history. */
  private void finish(TestReporter reporter, String what) throws Exception {
    enough.set(true);
    Eventually.holds("the producers have ended", SOON, () -> running.get() == 0);
    var exchange = producer.tasks("history");
    Eventually.see("an empty queue (seed " + seed + ")", SOON,
      () -> Await.result(exchange.counts()),
      counts -> counts.ready() + counts.delayed() + counts.leased() == 0);
    for (var letter : Await.result(exchange.dead(1_000))) {
      history.dead((Integer) letter.body());
    }
    try (var files = Files.list(logs)) {
      for (var file : files.toList()) {
        history.read(file);
      }
    }
    reporter.publishEntry(what, history.answeredCount() + " tasks, " + unanswered
      + " submits without an answer, " + history.duplicates() + " tasks handed out again");
    assertThat(history.offences()).as("seed " + seed).isEmpty();
    assertThat(history.answeredCount()).isGreaterThan(300);
  }

  private long redeliveryMillis(String node, long sinceMicros) throws IOException {
    var soFar = new TaskHistory();
    try (var files = Files.list(logs)) {
      for (var file : files.toList()) {
        soFar.read(file);
      }
    }
    return soFar.redeliveryMillis(node, sinceMicros);
  }

  private static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
