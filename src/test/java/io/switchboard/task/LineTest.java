package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LineTest {
  private static List<TaskEntry> standing(Line line) {
    var all = new ArrayList<TaskEntry>();
    for (var entry = line.first(); entry != null; entry = entry.behind) {
      all.add(entry);
    }
    return all;
  }

  @Property(tries = 100)
  void itIsAListWithoutThoseThatLeft(@ForAll long seed, @ForAll @IntRange(max = 60) int steps) {
    var random = new Random(seed);
    var line = new Line();
    var expected = new LinkedList<TaskEntry>();
    for (int i = 0; i < steps; i++) {
      var entry = new TaskEntry(new TaskId(1, i), 4, null, 0, 0, new byte[0]);
      switch (random.nextInt(3)) {
        case 0 -> {
          line.addFirst(entry);
          expected.addFirst(entry);
        }
        case 1 -> {
          line.addLast(entry);
          expected.addLast(entry);
        }
        default -> {
          if (!expected.isEmpty()) {
            var leaving = expected.remove(random.nextInt(expected.size()));
            line.remove(leaving);
            assertThat(leaving.before).isNull();
            assertThat(leaving.behind).isNull();
          }
        }
      }
      assertThat(standing(line)).containsExactlyElementsOf(expected);
    }
  }
}
