package io.switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashTest {
  private static final JsonObject NOTHING = new JsonObject();

  /** Nodes of different versions must agree: a changed value is a changed protocol. */
  @ParameterizedTest
  @CsvSource({
    "'', f52a15e9a9b5e89b", "a, 2c0bdbf481420f8", "user-7, 9e124c98a398664e",
    "fx.eur.usd, 9cc6dc5899436b9c"})
  void isTheSameInEveryVersion(String text, String hash) {
    assertThat(Long.toHexString(Hash.of(text))).isEqualTo(hash);
  }

  @Test
  void similarTextsAreFarApart() {
    var hashes = new HashSet<Long>();
    var highBytes = new HashSet<Long>();
    for (int i = 0; i < 100_000; i++) {
      long hash = Hash.of("user-" + i);
      hashes.add(hash);
      highBytes.add(hash >>> 56);
    }
    assertThat(hashes).hasSize(100_000);
    assertThat(highBytes).hasSize(256);
  }

  @Test
  void mixingLosesNothing() {
    var mixed = new HashSet<Long>();
    for (long i = -50_000; i < 50_000; i++) {
      mixed.add(Hash.mix(i));
    }
    assertThat(mixed).hasSize(100_000);
  }

  @Test
  void aWorkersIdentityIsTheSameOnEveryNodeAndAfterARestart() {
    var seenHere = new Worker(new Node("node-1", 77, Node.LOCAL), 3, 0, NOTHING, 2);
    var seenElsewhere = new Worker(new Node("node-1", 78, 4), 3, 1, NOTHING, 8);
    assertThat(seenHere.identity()).isEqualTo(seenElsewhere.identity());
    assertThat(new Worker(new Node("node-1", 77, 0), 4, 0, NOTHING, 2).identity())
      .isNotEqualTo(seenHere.identity());
  }

  @Test
  void aWorkerCountsEachLaneAlone() {
    var worker = new Worker(new Node("node-1", 77, 0), 3, 0, NOTHING, 3);
    worker.sent(0);
    worker.sent(2);
    worker.sent(2);
    assertThat(worker.inFlight(0)).isEqualTo(1);
    assertThat(worker.inFlight(1)).isZero();
    assertThat(worker.inFlight(2)).isEqualTo(2);
    assertThat(worker.inFlight()).isEqualTo(3);
    worker.settled(2);
    assertThat(worker.inFlight()).isEqualTo(2);
  }
}
