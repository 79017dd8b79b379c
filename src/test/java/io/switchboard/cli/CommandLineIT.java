package io.switchboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.it.Eventually;
import io.switchboard.it.FatJar;
import io.switchboard.it.FatJarCluster;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The client commands against a running cluster: most of them in this process, and of each way
 * to end one as a process of the packaged program.
 */
class CommandLineIT {
  private static FatJarCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = FatJarCluster.start(2);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void asAProgramItWritesAndEndsAsHere() throws Exception {
    var nodes = FatJar.run(atCluster("nodes", "--json"));
    assertThat(nodes.exit()).as(nodes.err()).isZero();
    assertThat(new JsonArray(nodes.out())).hasSize(2);
    assertThat(nodes.err()).isEmpty();
    var event = FatJar.run(atCluster("subscribe", "prices", "metal.#", "--count", "1"));
    assertThat(event.exit()).as(event.err()).isZero();
    assertThat(event.out()).contains("metal.gold");
    assertFailed(FatJar.run(atCluster("request", "nothing-of-that-name")), 1, "NO_EXCHANGE");
    assertFailed(FatJar.run(atCluster("request")), 2, "EXCHANGE");
  }

  @Test
  void listsNodes() {
    assertThat(succeed("nodes")).contains("NAME", "alpha *", "beta", "ready");
    assertThat(new JsonArray(succeed("nodes", "--json"))).hasSize(2);
  }

  @Test
  void listsExchanges() {
    assertThat(succeed("exchanges")).contains("echo", "time", "prices", "topic");
    assertThat(new JsonArray(succeed("exchanges", "--json")).stream()
      .map(each -> ((JsonObject) each).getString("name"))).contains("echo", "time", "prices");
  }

  @Test
  void listsVerticles() throws Exception {
    assertThat(succeed("verticles")).contains("EchoVerticle", "alpha", "beta", "deployed");
    assertThat(new JsonArray(succeed("verticles", "--json"))).hasSize(2 * FatJar.samples().size());
  }

  @Test
  void streamsAndConverses() throws Exception {
    assertThat(succeed("stream", "count", "{\"to\": 3}").lines()).containsExactly("1", "2", "3");
    fail(1, "BAD_REQUEST", "stream", "count", "{}");
    fail(1, "CONFLICT", "stream", "prices", "{}");
    // No answer comes from standard input: the dialogue ends.
    var unanswered = FatJar.run(atCluster("converse", "quiz"));
    assertThat(unanswered.exit()).isEqualTo(1);
    assertThat(unanswered.out()).startsWith("How much is ");
    assertThat(unanswered.err()).contains("CANCELLED").hasLineCount(1);
    fail(1, "CONFLICT", "request", "quiz");
  }

  @Test
  void declaresOnceAndRefusesAnotherKind() {
    assertThat(succeed("declare", "orders", "request")).contains("declared orders");
    assertThat(succeed("declare", "orders", "request")).contains("declared already");
    assertThat(Json.decodeValue(succeed("declare", "orders", "request", "--json")))
      .isInstanceOf(JsonObject.class);
    fail(1, "CONFLICT", "declare", "orders", "topic");
    fail(1, "NO_WORKER", "request", "orders", "{}");
    fail(2, "request", "declare", "orders", "reqest");
  }

  @Test
  void requests() {
    assertThat(succeed("request", "echo", "{\"hello\":\"world\"}").strip())
      .isEqualTo("{\"hello\":\"world\"}");
    assertThat(succeed("request", "echo", "plain words").strip()).isEqualTo("plain words");
    assertThat(new JsonObject(succeed("request", "time", "{}", "--json")).getString("node"))
      .isIn("alpha", "beta");
    fail(1, "NO_EXCHANGE", "request", "nothing-of-that-name", "{}");
    fail(1, "CONFLICT", "request", "prices", "{}");
    fail(2, "EXCHANGE", "request");
  }

  @Test
  void sends() {
    assertThat(succeed("send", "echo", "{}")).contains("sent to one worker of echo");
    assertThat(succeed("send", "echo", "{}", "--json").strip()).satisfies(Json::decodeValue);
    fail(1, "NO_EXCHANGE", "send", "nothing-of-that-name", "{}");
  }

  @Test
  void emitsToTheAuditSample() {
    assertThat(succeed("emit", "audit", "{\"did\":\"login\"}")).contains("emitted to audit");
    assertThat(succeed("emit", "audit", "and out", "--json").strip())
      .satisfies(Json::decodeValue);
    var kept = Eventually.see("both entries are kept", Duration.ofSeconds(10),
      () -> new JsonObject(cluster.api(1).request("audit.last", "{\"n\":2}").body()),
      seen -> seen.getInteger("collected", 0) == 2);
    assertThat(kept.getInteger("lost")).isZero();
    assertThat(kept.getJsonArray("entries").stream().map(each -> ((JsonObject) each)))
      .allMatch(each -> each.getString("from").equals("alpha"))
      .extracting(each -> each.getValue("body"))
      .containsExactly(new JsonObject().put("did", "login"), "and out");
    fail(1, "NO_EXCHANGE", "emit", "nothing-of-that-name", "{}");
    fail(1, "CONFLICT", "emit", "echo", "{}");
  }

  @Test
  void publishes() {
    assertThat(succeed("publish", "prices", "fx.test", "{\"price\":1}"))
      .contains("published to prices");
    assertThat(succeed("publish", "prices", "fx.test", "1", "--json").strip())
      .satisfies(Json::decodeValue);
    fail(1, "CONFLICT", "publish", "echo", "a.key", "{}");
  }

  @Test
  void subscribesForSoManyEvents() {
    var events = succeed("subscribe", "prices", "fx.*.usd", "--count", "3", "--json").lines()
      .map(JsonObject::new).toList();
    assertThat(events).hasSize(3).allSatisfy(event -> {
      assertThat(event.getString("key")).matches("fx\\.\\w+\\.usd");
      assertThat(event.getJsonObject("body").getDouble("price")).isPositive();
    });
    assertThat(succeed("subscribe", "prices", "metal.#", "--count", "1")).contains("metal.gold");
    fail(1, "CONFLICT", "subscribe", "echo", "--count", "1");
  }

  @Test
  void beginsWithWhatATopicRetainsAndSharesInAGroup() {
    succeed("declare", "rates", "topic", "--option", "retain=10");
    succeed("publish", "rates", "fx.eur", "1.5");
    assertThat(new JsonObject(
      succeed("subscribe", "rates", "--retained", "--count", "1", "--json").strip()))
      .isEqualTo(new JsonObject("{\"key\":\"fx.eur\",\"body\":1.5,\"retained\":true}"));
    fail(1, "CONFLICT", "subscribe", "prices", "--retained");
    assertThat(succeed("subscribe", "prices", "fx.#", "--group", "desk", "--count", "2"))
      .contains("fx.");
    fail(1, "BAD_REQUEST", "subscribe", "prices", "--group", "no name");
  }

  @Test
  void tellsHealth() {
    assertThat(succeed("health")).startsWith("ready");
    assertThat(new JsonObject(succeed("health", "--json")).getString("status")).isEqualTo("UP");
  }

  @Test
  void saysWhenNobodyAnswers() throws Exception {
    var outcome = FatJar.run("nodes", "--url", "http://127.0.0.1:1");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).contains("no node answers at http://127.0.0.1:1");
  }

  @Test
  void measuresARunningCluster() throws Exception {
    var outcome = FatJar.run(atCluster("bench", "--exchange", "echo",
      "--outstanding", "2", "--rate", "200", "--rounds", "3", "--seconds", "0.1"));
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("request to echo, 2 outstanding",
      "request to echo, 200/s", "HTTP on both sides is in every figure");
    var unknown = FatJar.run(atCluster("bench", "--exchange", "nobody"));
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.complaints()).singleElement().asString().contains("NO_EXCHANGE");
  }

  private static String succeed(String... arguments) {
    var outcome = runHere(arguments);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    return outcome.out();
  }

  private static void fail(int exit, String named, String... arguments) {
    assertFailed(runHere(arguments), exit, named);
  }

  private static void assertFailed(FatJar.Outcome outcome, int exit, String named) {
    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(exit);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.complaints()).hasSize(1);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).contains(named);
  }

  private static FatJar.Outcome runHere(String... arguments) {
    var console = Console.interactive();
    int exit = console.run(atCluster(arguments));
    return new FatJar.Outcome(exit, console.out(), console.err());
  }

  private static String[] atCluster(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", cluster.httpUrl(0)));
    return all.toArray(String[]::new);
  }
}
