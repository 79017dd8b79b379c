package io.switchboard.bench;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** Reads what all measured processes have used, before and after a round. */
final class Meter {
  private final List<Stage> stages;

  Meter(List<Stage> stages) {
    this.stages = stages;
  }

  Future<Round> metered(Supplier<Future<Round>> measurement) {
    return usage().compose(before -> {
      Usage.busyCores();
      var hiccups = Hiccups.start();
      return measurement.get().compose(round -> {
        double busyCores = Usage.busyCores();
        double late = hiccups.end();
        return usage().map(after -> round.with(
          Cost.between(before, after, round.operations(), busyCores, late)));
      });
    });
  }

  private Future<Usage> usage() {
    var others = Future.all(stages.stream().map(Stage::usageElsewhere).toList());
    return others.map(all -> {
      var sum = Usage.ofThisProcess();
      for (var each : all.<Usage>list()) {
        sum = sum.plus(each);
      }
      return sum;
    });
  }
}
