package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That the packaged program measures, and how it tells; never how fast it was. */
class BenchIT {
  @Test
  void measuresBothContendersAndTellsPrograms() throws Exception {
    var outcome = FatJar.run("bench", "request", "send", "publish", "local", "bytes",
      "stream", "tasks", "--outstanding", "4", "--rate", "500", "--subscribers", "8",
      "--rounds", "2", "--seconds", "0.05", "--json");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    var json = new JsonObject(outcome.out());
    assertThat(json.getInteger("nodes")).isEqualTo(2);
    assertThat(json.getJsonObject("machine").getInteger("processors")).isPositive();
    var results = objects(json, "results");
    assertThat(results).extracting(result -> result.getString("key")).containsExactly(
      "request/4", "request/open", "send", "publish/8", "local/256", "bytes", "stream",
      "stream/64k", "tasks", "tasks/latency");
    assertThat(results).allSatisfy(BenchIT::hasTwoContenders);
    assertThat(objects(results.get(3), "contenders"))
      .extracting(contender -> contender.getString("name"))
      .containsExactly("exchange", "exchange, bytes only read", "plain event bus");
    assertThat(results.get(1).getJsonArray("contenders").getJsonObject(0)
      .getJsonObject("p99Micros").getDouble("median")).isPositive();
    assertThat(objects(json, "targets")).extracting(target -> target.getString("verdict"))
      .isNotEmpty().isSubsetOf("aim reached", "pass", "miss", "too noisy to tell");
  }

  private static void hasTwoContenders(JsonObject result) {
    var names = objects(result, "contenders").stream()
      .map(contender -> contender.getString("name")).collect(Collectors.toSet());
    assertThat(names).containsAll(Set.of("exchange", "plain event bus"));
    assertThat(objects(result, "contenders")).allSatisfy(contender -> {
      var rate = contender.getJsonObject("perSecond");
      assertThat(rate.getDouble("median")).isPositive()
        .isBetween(rate.getDouble("min"), rate.getDouble("max"));
      assertThat(contender.getJsonObject("allocatedBytesPerOperation").getDouble("median"))
        .isPositive();
      assertThat(contender.getLong("failures")).isZero();
    });
    assertThat(result.getJsonObject("ratio").getJsonObject("rate").getDouble("median"))
      .isPositive();
  }

  private static List<JsonObject> objects(JsonObject json, String array) {
    return json.getJsonArray(array).stream().map(JsonObject.class::cast).toList();
  }

  @Test
  void tellsWhatAKilledNodeCosts() throws Exception {
    var outcome = FatJar.run("bench", "failover", "--rounds", "1", "--seconds", "0.3", "--json");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    var json = new JsonObject(outcome.out());
    var contenders = objects(objects(json, "results").get(0), "contenders");
    assertThat(contenders).extracting(contender -> contender.getString("name"))
      .containsExactly("exchange", "plain event bus");
    assertThat(contenders.get(0).getLong("failures")).isZero();
    // What the killed node had in its hands nobody repeats there.
    assertThat(contenders.get(1).getLong("failures")).isPositive();
    assertThat(contenders).allSatisfy(contender -> assertThat(
      contender.getJsonObject("slowestMillis").getDouble("median")).isPositive());
    assertThat(objects(json, "targets")).extracting(target -> target.getString("measure"))
      .containsExactly("failed", "slower than 100 ms");
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    var outcome = FatJar.run("bench", "teleport");
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.complaints()).singleElement().asString()
      .contains("teleport", "request, send, publish");
  }
}
