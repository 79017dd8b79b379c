package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes start, form a cluster and answer; what cannot start says why in one line. */
class LaunchIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String STACK_TRACE = "\tat ";

  private static FatJarCluster cluster;

  @TempDir
  private Path empty;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = FatJarCluster.start(3);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void standardOutputIsOneReadyLine() throws Exception {
    for (int node = 0; node < cluster.size(); node++) {
      assertThat(cluster.output(node)).matches("READY http="
        + cluster.httpUrl(node).replace(".", "\\.") + " node=" + cluster.name(node)
        + " members=[1-3]\\R");
      assertThat(cluster.log(node)).doesNotContain(STACK_TRACE);
    }
  }

  @Test
  void everyNodeListsAllNodes() throws Exception {
    var version = FatJar.run("--version").out().strip().replace("switchboard ", "");
    for (int asked = 0; asked < cluster.size(); asked++) {
      var nodes = cluster.api(asked).list("/api/v1/nodes");
      assertThat(names(nodes)).containsExactly("alpha", "beta", "gamma");
      for (var node : nodes) {
        assertThat(node.getString("state")).isEqualTo("ready");
        assertThat(node.getString("address")).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(node.getString("version")).isEqualTo(version).isNotEmpty();
        assertThat(node.getLong("uptimeMs")).isPositive();
        assertThat(Instant.parse(node.getString("startedAt"))).isBefore(Instant.now());
        assertThat(node.getBoolean("self"))
          .isEqualTo(node.getString("name").equals(cluster.name(asked)));
      }
      assertThat(nodes.stream().map(node -> node.getString("http")))
        .containsExactly(cluster.httpUrl(0), cluster.httpUrl(1), cluster.httpUrl(2));
    }
  }

  @Test
  void everyNodeListsTheVerticlesOfAll() throws Exception {
    var samples = FatJar.samples();
    assertThat(samples).contains("EchoVerticle", "TimeVerticle", "CountVerticle", "QuizVerticle",
      "PricesVerticle", "PlainVerticle");
    for (int asked = 0; asked < cluster.size(); asked++) {
      var api = cluster.api(asked);
      var verticles = Eventually.see("all verticles are deployed", SOON,
        () -> api.list("/api/v1/verticles"), seen -> seen.size() == 3 * samples.size()
          && seen.stream()
          .allMatch(verticle -> verticle.getString("state").equals("deployed")));
      assertThat(Set.copyOf(names(verticles))).containsExactlyInAnyOrderElementsOf(samples);
      assertThat(verticles.stream().collect(Collectors.groupingBy(
        verticle -> verticle.getString("node"), Collectors.counting())).values())
        .containsExactly((long) samples.size(), (long) samples.size(), (long) samples.size());
    }
  }

  @Test
  void everyNodeAnswersRequests() throws Exception {
    for (int node = 0; node < cluster.size(); node++) {
      var echo = cluster.api(node).request("echo", "{\"hello\":[1,null,\"ü\"]}");
      assertThat(echo.statusCode()).isEqualTo(200);
      assertThat(new JsonObject(echo.body()))
        .isEqualTo(new JsonObject("{\"hello\":[1,null,\"ü\"]}"));
      var time = new JsonObject(cluster.api(node).request("time", "{}").body());
      assertThat(Duration.between(Instant.parse(time.getString("datetime")), Instant.now()).abs())
        .isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void requestsAreSharedAmongTheNodes() throws Exception {
    var answered = new HashSet<String>();
    for (int i = 0; i < 12; i++) {
      answered.add(new JsonObject(cluster.api(0).request("time", "{}").body()).getString("node"));
    }
    assertThat(answered).containsExactlyInAnyOrder("alpha", "beta", "gamma");
  }

  @Test
  void nodesWithoutPortsStepToFreeOnesAndMeet() throws Exception {
    var folder = FatJar.folder("stepping");
    var first = stepping("first", folder);
    var second = stepping("second", folder);
    try {
      first.start();
      first.awaitReady();
      second.start();
      second.awaitReady();
      assertThat(second.output()).contains("members=2");
      assertThat(URI.create(first.url()).getPort()).isBetween(8080, 8179);
      assertThat(URI.create(second.url()).getPort()).isBetween(8080, 8179)
        .isNotEqualTo(URI.create(first.url()).getPort());
      for (var node : List.of(first, second)) {
        Eventually.see("both are ready", SOON, () -> node.api().list("/api/v1/nodes"),
          seen -> names(seen).equals(List.of("first", "second")));
      }
    } finally {
      NodeProcess.killAll(List.of(first, second));
    }
  }

  private NodeProcess stepping(String name, Path folder) {
    return new NodeProcess(name, folder.resolve(name), List.of("run", "--name", name,
      "--cluster", folder.getFileName().toString(), "--verticles", empty.toString()));
  }

  @Test
  void aNamedPortThatIsTakenEndsTheNode() throws Exception {
    var port = String.valueOf(URI.create(cluster.httpUrl(0)).getPort());
    var outcome = FatJar.run("run", "--cluster", FatJar.folder("taken").getFileName().toString(),
      "--cluster-port", "0", "--http-port", port, "--join", "127.0.0.1:1",
      "--verticles", empty.toString());
    assertRefused(outcome, 1, port, "--http-port");
  }

  @Test
  void aWrongKeyIsNamedWithTheNearest() throws Exception {
    var outcome = FatJar.run("run", "--set", "http.prot=1");
    assertRefused(outcome, 2, "http.prot", "http.port");
    assertThat(outcome.err().lines()).hasSize(1);
  }

  @Test
  void anUnreadableConfigurationIsNamed() throws Exception {
    var absent = FatJar.run("run", "--conf", "no/such.yaml");
    assertRefused(absent, 2, "no/such.yaml");
    assertThat(absent.err().lines()).hasSize(1);
    var file = Files.writeString(empty.resolve("broken.yaml"), "http: [\n");
    var broken = FatJar.run("run", "--conf", file.toString());
    assertRefused(broken, 2, "broken.yaml");
    assertThat(broken.err().lines()).hasSize(1);
  }

  @Test
  void isNotOpenToOthersWithoutToken() throws Exception {
    var outcome = FatJar.run("run", "--host", "0.0.0.0", "--http-port", "0",
      "--cluster-port", "0");
    assertRefused(outcome, 2, "http.token");
    assertThat(outcome.err().lines()).hasSize(1);
  }

  @Test
  void helpAndVersionSucceed() throws Exception {
    var help = FatJar.run("--help", FatJar.AS_FOR_A_USER);
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("run", "demo", "nodes", "request", "Exit codes");
    assertThat(help.err()).isEmpty();
    var version = FatJar.run("--version", FatJar.AS_FOR_A_USER);
    assertThat(version.exit()).isZero();
    assertThat(version.out()).matches("switchboard \\d+\\.\\d+\\.\\d+\\S*\\R");
    assertThat(version.err()).isEmpty();
  }

  private static void assertRefused(FatJar.Outcome outcome, int exit, String... named) {
    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(exit);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.complaints()).as(outcome.err()).hasSize(1);
    assertThat(outcome.complaints().get(0)).contains(named);
    assertThat(outcome.err()).doesNotContain(STACK_TRACE);
  }

  private static List<String> names(List<JsonObject> objects) {
    return objects.stream().map(object -> object.getString("name")).toList();
  }
}
