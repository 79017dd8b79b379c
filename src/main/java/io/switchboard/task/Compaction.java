package io.switchboard.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which segments to empty by storing their tasks anew, so that a delayed task here and there, or
 * many notes on few tasks, do not fill the store with what is done.
 */
final class Compaction {
  /** The most tasks that are stored anew at once. */
  static final int MAX_TASKS = 1_024;
  /** The most bytes of them. */
  static final int MAX_BYTES = 1 << 19;

  /** Less than this is never worth it. */
  private static final long SLACK = 4 << 20;

  private Compaction() {
  }

  /** True when too much of what is stored is wanted no more. */
  static boolean isDue(long stored, long live) {
    return stored > 2 * live + SLACK;
  }

  /**
   * The sparsest segments, as many as are stored anew at once; at least one, if there is one of
   * which no more than half is wanted. Of the others none, so that no more is written anew than
   * twice what has become useless, and it ends: what is written anew is wanted whole, the
   * reasons of former attempts that stood as marks beside the record included.
   */
  static List<Segment> choose(Collection<Segment> all) {
    var bySparsity = all.stream()
      .filter(segment -> 2L * segment.liveBytes() <= segment.length())
      .sorted(Comparator.comparingDouble(
        segment -> (double) segment.liveBytes() / segment.length())).toList();
    int tasks = 0;
    long bytes = 0;
    var fitting = new ArrayList<Segment>();
    for (var segment : bySparsity) {
      tasks += segment.live();
      bytes += segment.liveBytes();
      if (!fitting.isEmpty() && (tasks > MAX_TASKS || bytes > MAX_BYTES)) {
        break;
      }
      fitting.add(segment);
    }
    return fitting;
  }
}
