package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What callers at node 0 see when node 1, which holds the workers, is killed, stopped or frozen.
 */
class FailureIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int PENDING = 50;
  private static final int CALLERS = 8;
  /** Of 1 KiB each, together more than twice the heap. */
  private static final int MESSAGES = 600_000;
  private static final Duration FREEZE = Duration.ofSeconds(LoadedCluster.LONG ? 30 : 5);

  private FatJarCluster cluster;

  private record Answered(HttpResponse<String> response, long at) {
  }

  @BeforeEach
  void startCluster() throws Exception {
    var near = FatJarCluster.verticleFolder();
    var far = FatJarCluster.verticleFolder();
    var later = "vertx.timer(300, java.util.concurrent.TimeUnit.MILLISECONDS).map(\"done\")";
    LoadedCluster.resource(near, "Load");
    Sources.worker(far, "Stuck", "stuck", "Promise.promise().future()");
    Sources.worker(far, "Mute", "mute", "Promise.promise().future()");
    Sources.worker(far, "Far", "far", "Future.succeededFuture(\"far\")");
    Sources.worker(far, "Unhurried", "unhurried", later);
    Sources.worker(near, "Unhurried", "unhurried", later);
    cluster = FatJarCluster.start(2, node ->
      List.of("--verticles", (node == 0 ? near : far).toString()));
    awaitFar(SOON);
  }

  @AfterEach
  void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void whatIsPendingOnAKilledNodeFailsWithinASecond() throws Exception {
    var pending = pendingRequests();
    long killed = System.nanoTime();
    cluster.kill(1);
    assertNodeDown(pending, killed, Duration.ofSeconds(1));
    awaitState("gone");

    cluster.restart(1);
    awaitState("ready");
    awaitFar(SOON);
  }

  @Test
  void whatIsPendingOnAFrozenNodeFailsAndTheNodeComesBack() throws Exception {
    var pending = pendingRequests();
    long frozen = System.nanoTime();
    cluster.pause(1);
    cluster.api(0).request("load", new JsonObject().put("do", "flood").put("count", MESSAGES)
      .put("wait", false).encode());
    assertNodeDown(pending, frozen, Duration.ofSeconds(4));
    awaitState("silent");
    assertThat(cluster.api(0).get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(cluster.api(0).request("far", "{}").statusCode()).isEqualTo(503);
    assertThat(cluster.api(0).request("unhurried", "{}").statusCode()).isEqualTo(200);
    var told = Eventually.see("everything sent to it meanwhile has failed or was let go", SOON,
      () -> new JsonObject(cluster.api(0).request("load", "{\"do\":\"tell\"}").body()),
      seen -> seen.getInteger("waiting", 1) == 0);
    assertThat(told.getInteger("accepted")).as(told.encode()).isLessThan(MESSAGES / 10);
    Eventually.holds("it was frozen for long enough", FREEZE.plus(SOON),
      () -> System.nanoTime() - frozen > FREEZE.toNanos());
    assertThat(cluster.log(0)).doesNotContain("OutOfMemory");

    cluster.resume(1);
    awaitFar(Duration.ofSeconds(5));
    awaitState("ready");
    assertThat(cluster.api(1).request("far", "{}").body()).isEqualTo("far");
  }

  @Test
  void aNodeThatIsStoppedUnderLoadFailsNothing() throws Exception {
    var enough = new AtomicBoolean();
    var answered = new AtomicInteger();
    var callers = IntStream.range(0, CALLERS).mapToObj(caller ->
      CompletableFuture.supplyAsync(() -> callUntil(enough, answered))).toList();
    awaitInFlight("unhurried", "beta", 2);
    var inHand = cluster.api(1).requestLater("unhurried", "{}");
    awaitInFlight("unhurried", "beta", 3);

    assertThat(cluster.stop(1)).isIn(0, 143);
    awaitState("gone");
    assertThat(inHand.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    int soFar = answered.get();
    Eventually.holds("the callers go on at the other node", SOON,
      () -> answered.get() > soFar + 2 * CALLERS);
    enough.set(true);
    for (var caller : callers) {
      assertThat(caller.get(30, TimeUnit.SECONDS)).isNotEmpty()
        .allMatch(answer -> answer.equals("200 done"));
    }
    assertThat(cluster.log(1)).doesNotContain("\tat ");
  }

  private List<String> callUntil(AtomicBoolean enough, AtomicInteger answered) {
    var answers = new ArrayList<String>();
    while (!enough.get()) {
      var answer = cluster.api(0).requestLater("unhurried", "{}").join();
      answers.add(answer.statusCode() + " " + answer.body());
      answered.incrementAndGet();
    }
    return answers;
  }

  private List<CompletableFuture<Answered>> pendingRequests() {
    var pending = IntStream.range(0, PENDING)
      .mapToObj(i -> cluster.api(0).requestLater("mute", "{\"n\":" + i + "}")
        .thenApply(response -> new Answered(response, System.nanoTime())))
      .toList();
    awaitInFlight("mute", "beta", PENDING);
    return pending;
  }

  private void assertNodeDown(List<CompletableFuture<Answered>> pending, long since,
    Duration limit) throws Exception {
    for (var each : pending) {
      var answered = each.get(20, TimeUnit.SECONDS);
      assertThat(answered.response.statusCode()).isEqualTo(503);
      assertThat(answered.response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
      assertThat(new JsonObject(answered.response.body()).getString("code"))
        .isEqualTo("NODE_DOWN");
      assertThat(Duration.ofNanos(answered.at - since)).isLessThan(limit);
    }
  }

  private void awaitInFlight(String exchange, String node, int least) {
    Eventually.see(least + " requests are in the hands of " + node, SOON,
      () -> new JsonObject(cluster.api(0).get("/api/v1/exchanges/" + exchange).body()),
      shown -> shown.getJsonArray("workers").stream().map(JsonObject.class::cast)
        .anyMatch(worker -> worker.getString("node").equals(node)
          && worker.getInteger("inFlight", 0) >= least));
  }

  private void awaitFar(Duration limit) {
    Eventually.see("the worker on node 1 answers", limit,
      () -> cluster.api(0).request("far", "{}").body(), "far"::equals);
  }

  private void awaitState(String state) {
    Eventually.see("node 1 is " + state, SOON, () -> cluster.api(0).list("/api/v1/nodes?all=true"),
      nodes -> nodes.stream().anyMatch(node -> node.getString("name").equals(cluster.name(1))
        && node.getString("state").equals(state)));
  }
}
