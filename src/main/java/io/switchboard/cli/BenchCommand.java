package io.switchboard.cli;

import io.switchboard.bench.Bench;
import io.switchboard.bench.BenchPlan;
import io.switchboard.bench.BenchPlan.Workload;
import io.switchboard.bench.Comparison;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "bench",
  header = "Measures exchanges beside the plain Vert.x event bus.",
  description = {
    "Both do the same work: on this machine, in this run, between two processes, taking turns.",
    "Shows medians over the rounds and how many times the plain event bus's rate the exchange",
    "reaches. Run it on a quiet machine."},
  footer = {"", "Examples:",
    "  switchboard bench",
    "  switchboard bench request --outstanding 1,256 --payload 1024",
    "  switchboard bench request local register --rounds 5 --json"})
final class BenchCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..*", paramLabel = "WORKLOAD", defaultValue = "request",
    description = "What to measure: request, local, register (default: request).")
  private List<String> workloads;

  @Option(names = "--outstanding", split = ",", paramLabel = "N[,…]",
    defaultValue = "1,16,256", description = "Requests under way at once (default: 1,16,256).")
  private List<Integer> outstanding;

  @Option(names = "--payload", paramLabel = "BYTES", defaultValue = "128",
    description = "Bytes of each body (default: 128).")
  private int payload;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
    description = "Measurements of each contender (default: 3).")
  private int rounds;

  @Option(names = "--seconds", paramLabel = "N", defaultValue = "3",
    description = "How long one measurement takes (default: 3).")
  private int seconds;

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    var plan = plan();
    var scratch = Files.createTempDirectory("switchboard-bench-");
    Process far = null;
    var bench = await(Bench.start());
    try {
      far = new ProcessBuilder(JavaCommand.of(scratch, List.of("bench-node", bench.cluster(),
        bench.address()))).redirectError(Redirect.INHERIT).start();
      awaitReady(far);
      var table = new Table("workload", "exchange/s", "p50 µs", "p99 µs", "plain/s", "p50 µs",
        "p99 µs", "ratio", "");
      var results = await(bench.run(plan, comparison -> row(table, comparison)));
      show(plan, table, results);
      return 0;
    } finally {
      if (far != null) {
        far.destroy();
        if (!far.waitFor(10, TimeUnit.SECONDS)) {
          far.destroyForcibly();
        }
      }
      await(bench.stop());
      deleteFolder(scratch);
    }
  }

  private BenchPlan plan() {
    var chosen = workloads.stream().map(BenchCommand::workload).toList();
    if (payload < 0 || payload > 1 << 20 || rounds < 1 || seconds < 1
      || outstanding.stream().anyMatch(n -> n < 1 || n > 1_024)) {
      throw CommandFailure.wrongUsage("--outstanding takes 1 to 1024, --payload up to 1 MiB,"
        + " --rounds and --seconds at least 1");
    }
    return new BenchPlan(chosen, outstanding, payload, rounds, Duration.ofSeconds(seconds),
      Duration.ofSeconds(seconds + 1L));
  }

  private static Workload workload(String name) {
    try {
      return Workload.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw CommandFailure.wrongUsage(
        "no workload '" + name + "'; there are request, local and register");
    }
  }

  private static void awaitReady(Process far) throws IOException {
    var line = far.inputReader().readLine();
    if (line == null) {
      throw CommandFailure.failed("the other node did not start; its log stands above");
    }
  }

  private static <T> T await(Future<T> future) throws InterruptedException {
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException failure) {
      throw CommandFailure.failed("the measurement failed: " + failure.getCause());
    }
  }

  private static void row(Table table, Comparison comparison) {
    var exchange = comparison.ofExchange();
    var plain = comparison.ofPlain();
    table.row(comparison.workload(), Math.round(exchange.perSecond()),
      Math.round(exchange.p50Micros()), Math.round(exchange.p99Micros()),
      Math.round(plain.perSecond()), Math.round(plain.p50Micros()),
      Math.round(plain.p99Micros()),
      String.format(Locale.ROOT, "%.2f", comparison.ratio()),
      comparison.isNoisy() ? "noisy: measure again" : "");
  }

  private void show(BenchPlan plan, Table table, List<Comparison> results) {
    if (json) {
      var array = new JsonArray(results.stream().map(Comparison::toJson).toList());
      terminal.out().println(new JsonObject().put("rounds", plan.rounds())
        .put("payload", plan.payload()).put("results", array).encodePrettily());
      return;
    }
    table.print(terminal.out());
    terminal.out().println();
    terminal.out().println("Medians of " + plan.rounds() + " rounds, in turn, two processes on "
      + Runtime.getRuntime().availableProcessors() + " cores. Ratio: exchange to plain.");
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
