package io.switchboard.bench;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * One workload and who takes part. The last contender is what the others are measured against.
 *
 * @param warmsUp whether each contender runs once unmeasured, as round -1
 * @param isMetered whether what the processes use is told for each round
 * @param prepare what is to be done before all that
 * @param cleanUp what is to be done after the last round
 */
record Duel(String key, String workload, String unit, List<Contender> contenders,
  boolean warmsUp, boolean isMetered, Supplier<Future<?>> prepare,
  Supplier<Future<?>> cleanUp) {

  Duel(String key, String workload, String unit, List<Contender> contenders) {
    this(key, workload, unit, contenders, true, Future::succeededFuture,
      Future::succeededFuture);
  }

  /** One whose costs are told. */
  Duel(String key, String workload, String unit, List<Contender> contenders, boolean warmsUp,
    Supplier<Future<?>> prepare, Supplier<Future<?>> cleanUp) {
    this(key, workload, unit, contenders, warmsUp, true, prepare, cleanUp);
  }

  /**
   * @param measure takes the number of the round; negative is warm-up
   */
  record Contender(String name, IntFunction<Future<Round>> measure) {
  }

  /** Measures all rounds. Whoever was first in one round is last in the next. */
  Future<Comparison> fight(int rounds, Meter meter) {
    var sides = contenders.stream()
      .map(contender -> new Comparison.Side(contender.name, new ArrayList<>())).toList();
    Future<?> sequence = prepare.get();
    if (warmsUp) {
      for (var contender : contenders) {
        sequence = sequence.compose(before -> contender.measure.apply(-1));
      }
    }
    for (int i = 0; i < rounds; i++) {
      int round = i;
      for (int turn = 0; turn < contenders.size(); turn++) {
        int index = round % 2 == 0 ? contenders.size() - 1 - turn : turn;
        sequence = sequence.compose(before -> measured(index, round, meter))
          .onSuccess(sides.get(index).rounds()::add);
      }
    }
    return sequence.compose(done -> cleanUp.get())
      .map(clean -> new Comparison(key, workload, unit, sides));
  }

  private Future<Round> measured(int contender, int round, Meter meter) {
    Supplier<Future<Round>> measurement =
      () -> contenders.get(contender).measure.apply(round);
    return isMetered ? meter.metered(measurement) : measurement.get();
  }
}
