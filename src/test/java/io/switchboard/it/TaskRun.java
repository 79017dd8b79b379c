package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One exchange under load while nodes fail, and what is checked of it in the end. */
final class TaskRun implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);
  /** Nothing may have to wait until a lease has run out, which takes 30 seconds. */
  private static final Duration WITHIN_A_LEASE = Duration.ofSeconds(25);

  private static final Pattern OWNED =
    Pattern.compile("Queue (\\S+) is owned here, in epoch (\\d+)");

  private final FatJarCluster cluster;
  private final Path logs;
  private final String exchange;
  private final TaskHistory history = new TaskHistory();
  private final TaskLoad load = new TaskLoad();
  private final TaskLoad.Stream stream;
  private final List<Loss> losses = new ArrayList<>();

  /** A process that was killed. */
  private record Loss(String process, long at) {
  }

  TaskRun(FatJarCluster cluster, Path logs, String exchange) {
    this.cluster = cluster;
    this.logs = logs;
    this.exchange = exchange;
    stream = new TaskLoad.Stream(exchange, history);
    toAll();
  }

  private void toAll() {
    load.to(alive().map(cluster::httpUrl).toList());
  }

  private Stream<Integer> alive() {
    return IntStream.range(0, cluster.size()).boxed().filter(cluster::isAlive);
  }

  void begin(int rate) {
    load.begin(stream, rate);
    awaitProgress(rate / 4);
  }

  void burst(int count) {
    load.burst(stream, count);
  }

  int answered() {
    return history.answeredCount();
  }

  void awaitProgress(int more) {
    int before = answered();
    awaitAnswered(before + more);
  }

  void awaitAnswered(int count) {
    Eventually.holds(count + " submits answered", SOON, () -> answered() >= count);
  }

  void awaitDelivered(int count) {
    Eventually.holds(count + " tasks handed out", SOON, () -> recorded().stream()
      .filter(line -> line.startsWith("delivered")).count() >= count);
  }

  private List<String> recorded() throws IOException {
    var lines = new ArrayList<String>();
    for (var file : files()) {
      lines.addAll(Files.readAllLines(file));
    }
    return lines;
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(logs.resolve(exchange))) {
      return files.toList();
    }
  }

  /** The node that said last that it owns the queue. */
  int owner() {
    return Eventually.see("an owner", SOON, () -> {
      long best = -1;
      int owner = -1;
      for (int node : alive().toList()) {
        var said = OWNED.matcher(cluster.log(node));
        while (said.find()) {
          if (said.group(1).equals(exchange) && Long.parseLong(said.group(2)) > best) {
            best = Long.parseLong(said.group(2));
            owner = node;
          }
        }
      }
      return owner;
    }, owner -> owner >= 0);
  }

  void kill(int... victims) throws InterruptedException {
    for (int victim : victims) {
      var process = cluster.process(victim);
      long now = micros();
      losses.add(new Loss(process, now));
      history.troubled(process, now, Long.MAX_VALUE);
      cluster.kill(victim);
    }
    toAll();
  }

  /** Returns when all nodes see each other and everything has its copies. */
  void restart(int... nodes) throws IOException {
    for (int node : nodes) {
      cluster.begin(node);
    }
    for (int node : nodes) {
      cluster.awaitReady(node);
    }
    awaitSafe();
  }

  /** SIGSTOP for this time. */
  void freeze(int victim, Duration time) throws IOException, InterruptedException {
    var process = cluster.process(victim);
    long from = micros();
    pause(new int[] {victim}, time);
    // What it was given before it froze comes to light only now.
    history.troubled(process, from, micros() + TimeUnit.SECONDS.toMicros(5));
    awaitSafe();
  }

  /** The same for so short a time that it excuses nothing. */
  void pause(int[] nodes, Duration time) throws IOException, InterruptedException {
    for (int node : nodes) {
      cluster.pause(node);
    }
    long end = System.nanoTime() + time.toNanos();
    Eventually.holds("the time is over", time.plus(SOON), () -> System.nanoTime() > end);
    for (int node : nodes) {
      cluster.resume(node);
    }
  }

  /** SIGTERM: what it had begun may be left when its time to drain is over. */
  void stop(int leaver) throws IOException, InterruptedException {
    var process = cluster.process(leaver);
    history.troubled(process, micros(), Long.MAX_VALUE);
    load.to(alive().filter(node -> node != leaver).map(cluster::httpUrl).toList());
    assertThat(cluster.stop(leaver)).isIn(0, 143);
  }

  void awaitSafe() {
    toAll();
    var nodes = alive().toList();
    for (int node : nodes) {
      Eventually.see(cluster.name(node) + " is safe among " + nodes.size(), SOON,
        () -> clusterHealth(node), health -> health.getBoolean("safe")
          && health.getInteger("members") == nodes.size());
    }
  }

  private JsonObject clusterHealth(int node) throws IOException {
    var checks = new JsonObject(cluster.api(node).get("/health/ready").body())
      .getJsonArray("checks", new JsonArray());
    return checks.stream().map(JsonObject.class::cast)
      .filter(check -> check.getString("id").equals("cluster")).findFirst().orElseThrow()
      .getJsonObject("data");
  }

  /** Waits until every task has gone, then checks the history; tells what happened. */
  String finish() throws IOException {
    load.end();
    Eventually.holds("every submit is answered", SOON, () -> load.pending() == 0);
    int witness = alive().findFirst().orElseThrow();
    var path = "/api/v1/exchanges/" + exchange;
    Eventually.see("an empty queue", WITHIN_A_LEASE,
      () -> new JsonObject(cluster.api(witness).get(path + "/tasks").body()),
      counts -> counts.getInteger("ready", 1) + counts.getInteger("delayed", 1)
        + counts.getInteger("leased", 1) == 0);
    Eventually.see("verdicts without an answer", SOON, this::unanswered, Set::isEmpty);
    for (var letter : cluster.api(witness).list(path + "/dead?max=1000")) {
      history.dead(letter.getInteger("body"));
    }
    for (var file : files()) {
      history.read(file);
    }
    assertThat(history.offences()).isEmpty();
    return answered() + " tasks, " + load.repeats() + " submits repeated, handed out again: "
      + history.duplicates() + ", after ms: " + redeliveries();
  }

  /** What workers of living processes said and have not been told the outcome of. */
  private Set<String> unanswered() throws IOException {
    var living = alive().map(cluster::process).toList();
    var tokens = new HashSet<String>();
    for (var file : files()) {
      if (living.contains(file.getFileName().toString())) {
        Files.readAllLines(file).stream().map(line -> line.split(" ")).forEach(words -> {
          switch (words[0]) {
            case "spoken" -> tokens.add(words[4]);
            case "acked", "refused", "doubted" -> tokens.remove(words[4]);
            default -> { }
          }
        });
      }
    }
    return tokens;
  }

  /** How long it took after each kill until all that the process held was with others. */
  List<Long> redeliveries() {
    return losses.stream()
      .map(loss -> history.redeliveryMillis(loss.process, loss.at)).toList();
  }

  TaskHistory history() {
    return history;
  }

  private static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  @Override
  public void close() {
    load.close();
  }
}
