package io.switchboard.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which segments to write anew as one, so that neither many small ones nor a delayed task here
 * and there fill the store with what is done.
 */
final class Compaction {
  /** The most tasks that are written anew at once. */
  static final int MAX_TASKS = 1_024;
  /** The most bytes of them. */
  static final int MAX_BYTES = 1 << 20;

  private static final int FEW = 64;
  private static final int TASKS_EACH = 64;

  private Compaction() {
  }

  /** True when there are too many segments for so many tasks. */
  static boolean isDue(int segments, int tasks) {
    return segments > 2 * (FEW + tasks / TASKS_EACH);
  }

  /** Segments with living tasks to merge; empty while the store is dense enough. */
  static List<Segment> choose(Collection<Segment> all, int tasks) {
    var chosen = new ArrayList<Segment>();
    for (var segment : all) {
      if (segment.isHeavy()) {
        chosen.add(segment);
      }
    }
    if (chosen.isEmpty() && isDue(all.size(), tasks)) {
      chosen.addAll(all);
      chosen.sort(Comparator.comparingInt(Segment::live));
    }
    return firstThatFit(chosen);
  }

  private static List<Segment> firstThatFit(List<Segment> segments) {
    int tasks = 0;
    long bytes = 0;
    var fitting = new ArrayList<Segment>();
    for (var segment : segments) {
      tasks += segment.live();
      for (var entry : segment.living()) {
        bytes += entry.bytes();
      }
      if (!fitting.isEmpty() && (tasks > MAX_TASKS || bytes > MAX_BYTES)) {
        break;
      }
      fitting.add(segment);
    }
    return fitting;
  }
}
