package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Server-sent events of a topic, read at one node and published at another. */
class EventStreamIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int EVENTS = 20;

  @Test
  void carriesTheEventsOfAnotherNodeInOrder() throws Exception {
    try (var cluster = FatJarCluster.start(2)) {
      var events = events(cluster.api(0));
      Eventually.see("node 1 knows of the subscriber", SOON,
        () -> new JsonObject(cluster.api(1).get("/api/v1/exchanges/prices").body()),
        shown -> shown.getJsonArray("subscribers").encode().contains("fx.test.#"));
      for (int i = 0; i < EVENTS; i++) {
        assertThat(cluster.api(1).publish("prices", "fx.test.n" + i, "{\"n\":" + i + "}")
          .statusCode()).isEqualTo(202);
        assertThat(cluster.api(1).publish("prices", "metal.test", "{}").statusCode())
          .isEqualTo(202);
      }
      assertThat(events.get(20, TimeUnit.SECONDS)).isEqualTo(IntStream.range(0, EVENTS)
        .mapToObj(i -> new JsonObject().put("key", "fx.test.n" + i)
          .put("body", new JsonObject().put("n", i))).toList());
    }
  }

  private static CompletableFuture<List<JsonObject>> events(NodeApi api) throws Exception {
    var stream = api.send(api.request("/api/v1/exchanges/prices/subscribe?key=fx.test.%23")
      .header("Accept", "text/event-stream").build(), BodyHandlers.ofLines());
    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(stream.headers().firstValue("Content-Type").orElse(""))
      .startsWith("text/event-stream");
    return CompletableFuture.supplyAsync(() -> {
      try (Stream<String> lines = stream.body()) {
        return lines.filter(line -> line.startsWith("data:"))
          .map(line -> new JsonObject(line.substring("data:".length()))).limit(EVENTS).toList();
      }
    });
  }
}
