package io.switchboard.cli;

import io.switchboard.bench.Bench;
import io.switchboard.bench.BenchPlan;
import io.switchboard.bench.Comparison;
import io.switchboard.bench.HttpBench;
import io.switchboard.bench.Workload;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "bench",
  header = "Measures exchanges beside the plain Vert.x event bus.",
  description = {
    "Both do the same work: on this machine, in this run, between processes that it starts,",
    "taking turns. Shows medians over the rounds, and how many times the plain event bus's",
    "figure the exchange reaches, beside what the project wants. Run it on a quiet machine:",
    "it says so when the machine was not.", "",
    "Workloads: request, send, publish, local, bytes (these five when none is named),",
    "stream, tasks, register, failover; all.", "",
    "With --url it measures requests to an exchange of a running cluster, through the HTTP",
    "API of that node; HTTP on both sides is then part of every figure."},
  footer = {"", "Examples:",
    "  switchboard bench",
    "  switchboard bench request --outstanding 1,256 --payload 1024",
    "  switchboard bench request --rate 20000 --link both",
    "  switchboard bench all --rounds 5 --seconds 3 --json",
    "  switchboard bench --url http://127.0.0.1:8080 --exchange echo --outstanding 1,64"})
final class BenchCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..*", paramLabel = "WORKLOAD", description = "What to measure.")
  private List<String> workloads = List.of();

  @Option(names = "--outstanding", split = ",", paramLabel = "N[,…]",
    defaultValue = "1,16,256", description = "Requests under way at once (default: 1,16,256).")
  private List<Integer> outstanding;

  @Option(names = "--rate", paramLabel = "N", defaultValue = "0",
    description = "Requests a second of the measurement at a fixed rate (default: 60 %% of what"
      + " the plain event bus reaches).")
  private int rate;

  @Option(names = "--subscribers", split = ",", paramLabel = "N[,…]", defaultValue = "100",
    description = "Subscribers of publish, on each other node (default: 100).")
  private List<Integer> subscribers;

  @Option(names = "--payload", paramLabel = "BYTES", defaultValue = "128",
    description = "Bytes of each body (default: 128).")
  private int payload;

  @Option(names = "--nodes", paramLabel = "N", defaultValue = "2",
    description = "Processes in all; the others share the work (default: 2).")
  private int nodes;

  @Option(names = "--link", paramLabel = "LINK", defaultValue = "auto",
    description = "What carries messages: auto, socket, eventbus, or both beside each other.")
  private String link;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
    description = "Measurements of each contender (default: 3).")
  private int rounds;

  @Option(names = "--seconds", paramLabel = "N", defaultValue = "1",
    description = "How long one measurement takes (default: 1).")
  private double seconds;

  @Option(names = "--url", paramLabel = "URL",
    description = "Measure the running cluster of this node, through HTTP.")
  private String url;

  @Option(names = "--token", paramLabel = "TOKEN", description =
    "With --url: the node's http.token (default: the variable SWITCHBOARD_HTTP_TOKEN).")
  private String token;

  @Option(names = "--exchange", paramLabel = "NAME", defaultValue = "echo",
    description = "With --url: where the requests go (default: echo).")
  private String exchange;

  @Spec
  private CommandSpec spec;

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    var plan = plan();
    var links = links();
    if (url != null) {
      return measureRunning(plan);
    }
    if (!BenchProcesses.isOne()) {
      return BenchProcesses.runAgain(spec.root().commandLine().getParseResult().originalArgs());
    }
    try (var processes = new BenchProcesses()) {
      var bench = await(Bench.start(links, nodes));
      try {
        processes.start(bench.missing());
        show(new BenchReport(plan, nodes, await(bench.run(plan, processes, this::progress))));
      } finally {
        await(bench.stop());
      }
    }
    return 0;
  }

  private int measureRunning(BenchPlan plan) throws InterruptedException {
    if (!workloads.isEmpty()) {
      throw CommandFailure.wrongUsage("--url measures requests; it takes no workload");
    }
    var secret = token == null ? terminal.environment().get("SWITCHBOARD_HTTP_TOKEN") : token;
    var node = url.contains("://") ? url : "http://" + url;
    var bench = new HttpBench(node.replaceFirst("/+$", ""), secret, exchange, plan);
    show(new BenchReport(plan, 0, await(bench.run(this::progress))));
    return 0;
  }

  private void show(BenchReport report) {
    if (json) {
      terminal.out().println(report.toJson().encodePrettily());
    } else {
      report.print(terminal.out());
    }
  }

  private void progress(Comparison comparison) {
    if (!json) {
      terminal.err().println("measured: " + comparison.workload());
    }
  }

  private BenchPlan plan() {
    if (payload < 1 || payload > 1 << 20 || rounds < 1 || !(seconds >= 0.05)
      || seconds > 600 || rate < 0 || nodes < 2 || nodes > 16
      || outstanding.stream().anyMatch(n -> n < 1 || n > 1_024)
      || subscribers.stream().anyMatch(n -> n < 1 || n > 10_000)) {
      throw CommandFailure.wrongUsage("--outstanding takes 1 to 1024, --subscribers 1 to 10000,"
        + " --payload 1 byte to 1 MiB, --nodes 2 to 16, --seconds 0.05 to 600, --rounds at"
        + " least 1");
    }
    var time = Duration.ofMillis(Math.round(seconds * 1_000));
    return new BenchPlan(chosen(), outstanding, subscribers, payload, rate, rounds, time,
      time.multipliedBy(2));
  }

  private List<Workload> chosen() {
    if (workloads.isEmpty()) {
      return Workload.QUICK;
    }
    return workloads.contains("all") ? List.of(Workload.values())
      : workloads.stream().map(BenchCommand::workload).toList();
  }

  private static Workload workload(String name) {
    return Arrays.stream(Workload.values())
      .filter(workload -> workload.name().toLowerCase(Locale.ROOT).equals(name)).findFirst()
      .orElseThrow(() -> CommandFailure.wrongUsage("no workload '" + name + "'; there are "
        + Arrays.stream(Workload.values()).map(each -> each.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", ")) + ", and all"));
  }

  private List<String> links() {
    return switch (link) {
      case "auto", "socket", "eventbus" -> List.of(link);
      case "both" -> List.of("socket", "eventbus");
      default -> throw CommandFailure.wrongUsage(
        "--link: '" + link + "' is none of auto, socket, eventbus, both");
    };
  }

  private static <T> T await(Future<T> future) throws InterruptedException {
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException failure) {
      throw CommandFailure.failed("the measurement failed: " + failure.getCause());
    }
  }
}
