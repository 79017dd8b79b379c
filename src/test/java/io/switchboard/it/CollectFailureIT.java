package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three packaged nodes, each a producer and a collector that writes down what it gets and when,
 * by the machine's one monotonic clock. The node of the active one is killed, or frozen.
 */
class CollectFailureIT {
  private static final Logger LOG = LoggerFactory.getLogger(CollectFailureIT.class);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int NODES = 3;

  private Path ledgers;
  private FatJarCluster cluster;

  /** One entry as a collector wrote it down. */
  private record Handled(String collector, long epoch, long at, String producer, long number,
    long lost) {

    private static Handled of(String collector, String line) {
      var words = line.split(" ");
      return new Handled(collector, Long.parseLong(words[0]), Long.parseLong(words[1]), words[2],
        Long.parseLong(words[3]), Long.parseLong(words[4]));
    }
  }

  @BeforeEach
  void startCluster() throws Exception {
    ledgers = FatJarCluster.verticleFolder();
    var verticles = FatJarCluster.verticleFolder();
    Files.writeString(verticles.resolve("Ledger.java"), LEDGER.formatted(ledgers));
    Files.writeString(verticles.resolve("Producer.java"), PRODUCER);
    cluster = FatJarCluster.start(NODES, "--verticles", verticles.toString());
    Eventually.holds("entries of every node come in", SOON,
      () -> handled().stream().map(Handled::producer).distinct().count() == NODES);
  }

  @AfterEach
  void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private int active() {
    var name = Eventually.see("a collector is active", SOON, () -> {
      var shown = new JsonObject(cluster.api(0).get("/api/v1/exchanges/ledger").body());
      return shown.getJsonArray("collectors").stream().map(JsonObject.class::cast)
        .filter(each -> "active".equals(each.getString("state")))
        .map(each -> each.getString("node")).findFirst().orElse("");
    }, node -> !node.isEmpty());
    for (int i = 0; i < NODES; i++) {
      if (cluster.name(i).equals(name)) {
        return i;
      }
    }
    throw new AssertionError("no node is named " + name);
  }

  private List<Handled> handled() throws IOException {
    var all = new ArrayList<Handled>();
    for (int i = 0; i < NODES; i++) {
      var file = ledgers.resolve(cluster.name(i));
      if (Files.exists(file)) {
        var text = Files.readString(file);
        for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
          all.add(Handled.of(cluster.name(i), line));
        }
      }
    }
    all.sort(Comparator.comparingLong(Handled::at));
    return all;
  }

  private Handled firstAfter(long epoch) {
    return Eventually.see("a collector takes over from epoch " + epoch, SOON,
      () -> handled().stream().filter(each -> each.epoch > epoch).findFirst().orElse(null),
      first -> first != null);
  }

  private static long lastEpoch(List<Handled> entries) {
    return entries.get(entries.size() - 1).epoch;
  }

  @Test
  void whenTheActiveOneIsKilledTheNextTakesOverAndKnowsHowManyMayBeLost() throws Exception {
    int victim = active();
    long epoch = lastEpoch(handled());
    long killed = System.nanoTime();
    cluster.kill(victim);
    var first = firstAfter(epoch);
    long takeover = (first.at - killed) / 1_000_000;
    assertThat(takeover).as("milliseconds without a collector").isLessThan(2_000);

    var emitted = new HashMap<String, Long>();
    for (int i = 0; i < NODES; i++) {
      if (i != victim) {
        var name = cluster.name(i);
        emitted.put(name, Long.parseLong(cluster.api(i).request("emitted." + name, "{}").body()));
      }
    }
    long total = emitted.values().stream().mapToLong(each -> each).sum();
    Eventually.holds("every entry is handled or counted", SOON, () -> {
      var entries = handled().stream().filter(each -> emitted.containsKey(each.producer)).toList();
      return entries.size() + entries.stream().mapToLong(Handled::lost).sum() >= total;
    });
    var entries = handled();
    var reported = entries.stream().mapToLong(Handled::lost).sum();
    long handled = entries.stream().filter(each -> emitted.containsKey(each.producer)).count();
    LOG.info("Taken over {} ms after the kill; {} of {} entries lost, at most {} reported",
      takeover, total - handled, total, reported);
    assertThat(reported).isGreaterThanOrEqualTo(total - handled);
    assertOrder(entries);
  }

  @Test
  void oneThatStoodStillFindsItsReignOverWhenItGoesOn() throws Exception {
    int victim = active();
    long epoch = lastEpoch(handled());
    cluster.pause(victim);
    var first = firstAfter(epoch);
    assertThat(first.collector).isNotEqualTo(cluster.name(victim));
    cluster.resume(victim);
    Eventually.holds("entries of the frozen node come in again", SOON, () -> handled().stream()
      .anyMatch(each -> each.at > first.at && each.producer.equals(cluster.name(victim))));
    assertOrder(handled());
    Eventually.see("it stands by again", SOON,
      () -> new JsonObject(cluster.api(victim).get("/api/v1/exchanges/ledger").body())
        .getJsonArray("collectors").encode(),
      shown -> shown.matches(".*\"" + first.collector + "\"[^}]*\"active\".*"));
  }

  /** Reigns follow one another in time, nothing comes twice, and each producer's in order. */
  private static void assertOrder(List<Handled> entries) {
    long epoch = 0;
    var seen = new HashSet<String>();
    var last = new HashMap<String, Long>();
    for (var each : entries) {
      assertThat(each.epoch).as("epoch of " + each).isGreaterThanOrEqualTo(epoch);
      epoch = each.epoch;
      assertThat(seen.add(each.producer + each.number)).as("once: " + each).isTrue();
      var before = last.put(each.producer, each.number);
      assertThat(each.number).as("order of " + each.producer)
        .isGreaterThan(before == null ? -1 : before);
    }
  }

  private static final String LEDGER = """
    import io.switchboard.Switchboard;
    import io.vertx.core.Future;
    import io.vertx.core.VerticleBase;
    import java.io.FileOutputStream;
    import java.io.IOException;
    import java.io.UncheckedIOException;

    public class Ledger extends VerticleBase {
      private FileOutputStream file;

      @Override
      public Future<?> start() throws IOException {
        var board = Switchboard.of(vertx);
        file = new FileOutputStream("%s/" + board.nodeName(), true);
        return board.collect("ledger").collect(entry -> {
          try {
            var line = entry.epoch() + " " + System.nanoTime() + " " + entry.node() + " "
              + entry.body() + " " + entry.lost() + "\\n";
            file.write(line.getBytes());
            return null;
          } catch (IOException full) {
            throw new UncheckedIOException(full);
          }
        });
      }
    }
    """;

  /** Counts what was taken; asked for it, it emits nothing more. */
  private static final String PRODUCER = """
    import io.switchboard.Switchboard;
    import io.switchboard.routing.Kind;
    import io.vertx.core.Future;
    import io.vertx.core.VerticleBase;
    import io.vertx.core.json.JsonObject;

    public class Producer extends VerticleBase {
      private long next;

      @Override
      public Future<?> start() {
        var board = Switchboard.of(vertx);
        return board.declare("ledger", Kind.COLLECT, new JsonObject()).compose(declared -> {
          var exchange = board.collect("ledger");
          long timer = vertx.setPeriodic(1, id -> {
            for (int i = 0; i < 2; i++) {
              if (exchange.emit(next).succeeded()) {
                next++;
              }
            }
          });
          return board.requests("emitted." + board.nodeName()).serve(request -> {
            vertx.cancelTimer(timer);
            return Future.succeededFuture(String.valueOf(next));
          });
        });
      }
    }
    """;
}
