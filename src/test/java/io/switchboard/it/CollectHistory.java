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
import java.util.Map;
import java.util.Set;

/**
 * What the collectors of a packaged cluster have handled. Each node is a producer and a
 * collector that writes down what it gets and when, by the machine's one monotonic clock.
 */
final class CollectHistory {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Path ledgers;

  /** One entry as a collector wrote it down. */
  record Handled(String collector, long epoch, long at, String producer, long number,
    long lost) {

    private static Handled of(String collector, String line) {
      var words = line.split(" ");
      return new Handled(collector, Long.parseLong(words[0]), Long.parseLong(words[1]), words[2],
        Long.parseLong(words[3]), Long.parseLong(words[4]));
    }
  }

  private CollectHistory(Path ledgers) {
    this.ledgers = ledgers;
  }

  /** Puts the verticles that produce and collect into the folder. */
  static CollectHistory deployedIn(Path verticles) throws IOException {
    var ledgers = FatJar.folder("ledgers");
    Sources.deploy(verticles, "Ledger", LEDGER.formatted(ledgers));
    Sources.deploy(verticles, "Producer", PRODUCER);
    return new CollectHistory(ledgers);
  }

  /** On which node the active collector is, of the exchange as a node shows it; or empty. */
  static String active(JsonObject shown) {
    return shown.getJsonArray("collectors").stream().map(JsonObject.class::cast)
      .filter(each -> "active".equals(each.getString("state")))
      .map(each -> each.getString("node")).findFirst().orElse("");
  }

  void awaitProducers(int count) {
    Eventually.holds("entries of every node come in", SOON,
      () -> handled().stream().map(Handled::producer).distinct().count() == count);
  }

  /** All of it, in the order of time. */
  List<Handled> handled() throws IOException {
    var all = new ArrayList<Handled>();
    try (var files = Files.list(ledgers)) {
      for (var file : files.toList()) {
        var text = Files.readString(file);
        var collector = file.getFileName().toString();
        text.substring(0, text.lastIndexOf('\n') + 1).lines()
          .forEach(line -> all.add(Handled.of(collector, line)));
      }
    }
    all.sort(Comparator.comparingLong(Handled::at));
    return all;
  }

  Handled last() throws IOException {
    var all = handled();
    return all.get(all.size() - 1);
  }

  /** Waits for the first entry of a later epoch. */
  Handled firstAfter(long epoch) {
    return Eventually.see("a collector takes over from epoch " + epoch, SOON,
      () -> handled().stream().filter(each -> each.epoch > epoch).findFirst().orElse(null),
      first -> first != null);
  }

  /** Waits until of these producers' entries each was handled or reported as lost. */
  String awaitAll(Map<String, Long> emitted) throws IOException {
    long total = emitted.values().stream().mapToLong(each -> each).sum();
    Eventually.holds("every entry is handled or counted", SOON,
      () -> handledOf(emitted.keySet()) + reported() >= total);
    long lost = total - handledOf(emitted.keySet());
    assertThat(reported()).isGreaterThanOrEqualTo(lost);
    return lost + " of " + total + " entries lost, at most " + reported() + " reported";
  }

  private long handledOf(Set<String> producers) throws IOException {
    return handled().stream().filter(each -> producers.contains(each.producer)).count();
  }

  private long reported() throws IOException {
    return handled().stream().mapToLong(Handled::lost).sum();
  }

  /** Reigns follow one another in time, nothing comes twice, and each producer's in order. */
  void assertOrder() throws IOException {
    long epoch = 0;
    var seen = new HashSet<String>();
    var last = new HashMap<String, Long>();
    for (var each : handled()) {
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
