package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.LocalCluster;
import io.switchboard.Switchboard;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A balancer that comes, and goes, with a verticle file. */
class OwnBalancerTest {
  @TempDir
  Path verticles;

  private Switchboard board;

  @Test
  void isUsedWhileItsVerticleFileIsDeployed() throws Exception {
    var cluster = Await.result(LocalCluster.start(1, new JsonObject()
      .put("http", new JsonObject().put("enabled", true).put("port", 0))
      .put("verticles", new JsonObject()
        .put("directory", verticles.toString()).put("scanInterval", "50ms"))),
      Duration.ofSeconds(40));
    try {
      board = cluster.node(0);
      Await.result(board.declare("picky", Kind.REQUEST,
        new JsonObject().put("balancer", "Chooser$Gold")));
      for (var rank : new String[] {"tin", "gold", "iron"}) {
        Await.result(board.requests("picky").serve(WorkerOptions.labelled("rank", rank),
          request -> Future.succeededFuture(rank)));
      }
      assertThat(answers()).isEqualTo("gold iron tin");
      assertThat(shown().getJsonArray("fallbacks").getJsonObject(0).getString("reason"))
        .isEqualTo("no verticle file here has the class Chooser$Gold");

      Files.writeString(verticles.resolve("Chooser.java"), """
        import io.switchboard.routing.Balancer;
        import io.switchboard.routing.Candidates;
        import io.vertx.core.VerticleBase;

        public class Chooser extends VerticleBase {
          public static class Gold implements Balancer {
            @Override
            public int choose(Candidates workers, String key) {
              for (int i = 0; i < workers.size(); i++) {
                if ("gold".equals(workers.label(i, "rank")) && workers.hasRoom(i)) {
                  return i;
                }
              }
              return NOBODY;
            }
          }
        }
        """);
      Await.until("the balancer is taken up", () -> answers().equals("gold"));
      assertThat(shown().containsKey("fallbacks")).isFalse();

      Files.delete(verticles.resolve("Chooser.java"));
      Await.until("it is let go of", () -> answers().equals("gold iron tin"));
    } finally {
      Await.result(cluster.stop(), Duration.ofSeconds(40));
    }
  }

  private String answers() {
    return IntStream.range(0, 12)
      .mapToObj(i -> Await.result(board.requests("picky").request("")).text())
      .distinct().sorted().collect(Collectors.joining(" "));
  }

  private JsonObject shown() throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(
      URI.create(board.httpUrl() + "/api/v1/exchanges/picky")).build();
    return new JsonObject(HttpClient.newHttpClient()
      .send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
