package io.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.testing.Await;
import io.switchboard.testing.QuietThreads;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A member that stands still accepts connections, but says nothing. */
class SilentPeerTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @Test
  void whoDialsItDoesNotWaitBusily() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      var options = ClusterOptions.from(new JsonObject().put("name", "silent").put("port", 0)
        .put("join", new JsonArray().add("127.0.0.1:" + silent.getLocalPort())));
      // Whoever is alone with it waits for a long time, until it is gone.
      var joining = HazelcastCluster.join(options, "127.0.0.1", null, more -> { });
      silent.setSoTimeout((int) LIMIT.toMillis());
      try (var dialled = silent.accept()) {
        dialled.setSoTimeout((int) LIMIT.toMillis());
        assertThat(dialled.getInputStream().readNBytes(3)).asString().isEqualTo("HZC");
        var senders = new QuietThreads(name -> name.contains(".IO.thread-out-"));
        Await.until("a window in which senders do next to nothing", senders::were);
      } finally {
        silent.close();
        Await.result(Await.result(joining, LIMIT).leave(false, 5_000), LIMIT);
      }
    }
  }
}
