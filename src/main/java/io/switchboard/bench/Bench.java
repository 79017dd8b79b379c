package io.switchboard.bench;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The measuring side. All contenders run in the same processes, in turn, so that what the
 * machine does meanwhile hits them all.
 */
public final class Bench {
  private final List<Stage> stages;

  private Bench(List<Stage> stages) {
    this.stages = stages;
  }

  /** What a far node must join. */
  public record Meeting(String cluster, String address, int number, String link) {
  }

  /**
   * Starts the measuring node, one for each link, each in a cluster of its own.
   *
   * @param nodes how many there will be with the measuring one; the others must be started
   *              before {@link #run}
   */
  public static Future<Bench> start(List<String> links, int nodes) {
    var stages = new ArrayList<Stage>();
    Future<?> sequence = Future.succeededFuture();
    for (var link : links) {
      sequence = sequence.compose(before -> Stage.start(link, nodes - 1))
        .onSuccess(stages::add);
    }
    return sequence.map(new Bench(stages));
  }

  /** The far nodes that are to be started. */
  public List<Meeting> missing() {
    var missing = new ArrayList<Meeting>();
    for (var stage : stages) {
      for (int number = 1; number <= stage.farNodes(); number++) {
        missing.add(new Meeting(stage.near().clusterName(), stage.near().clusterAddress(),
          number, stage.link()));
      }
    }
    return missing;
  }

  /**
   * Measures everything in the plan; tells the consumer of each comparison as it is made.
   *
   * @param processes for nodes that are started and killed in between; called on worker threads
   */
  public Future<List<Comparison>> run(
    BenchPlan plan, FarProcesses processes, Consumer<Comparison> report) {
    var duels = new Duels(stages, plan, processes);
    var meter = new Meter(stages);
    var all = plan.workloads().stream().flatMap(each -> duels.of(each).stream()).toList();
    return fight(all, plan.rounds(), meter, report);
  }

  static Future<List<Comparison>> fight(
    List<Duel> duels, int rounds, Meter meter, Consumer<Comparison> report) {
    var results = new ArrayList<Comparison>();
    Future<?> sequence = Future.succeededFuture();
    for (var duel : duels) {
      sequence = sequence.compose(before -> duel.fight(rounds, meter))
        .onSuccess(comparison -> {
          results.add(comparison);
          report.accept(comparison);
        });
    }
    return sequence.map(results);
  }

  /** Stops the measuring nodes. */
  public Future<Void> stop() {
    return Future.join(stages.stream().map(Stage::stop).toList()).mapEmpty();
  }
}
