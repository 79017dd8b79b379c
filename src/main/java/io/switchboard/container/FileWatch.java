package io.switchboard.container;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides from successive looks at the directory which files have changed. A change counts when
 * two looks in a row agree on it, so that a file that is still being copied, or removed only to
 * be written anew, is left alone. Pure: no clock, no file system. Not thread-safe.
 */
final class FileWatch {
  private SortedMap<String, Fingerprint> seen = new TreeMap<>();
  private final Map<String, Fingerprint> taken = new HashMap<>();

  /**
   * Takes in one look at the directory and returns what has settled since, by file name.
   *
   * @param quietSince a file last modified before this counts as settled at the first look
   */
  List<FileChange> observe(SortedMap<String, Fingerprint> now, Instant quietSince) {
    var changes = new ArrayList<FileChange>();
    for (var entry : now.entrySet()) {
      var file = entry.getKey();
      var print = entry.getValue();
      boolean settled = print.equals(seen.get(file)) || print.modified().isBefore(quietSince);
      if (settled && !print.equals(taken.get(file))) {
        taken.put(file, print);
        changes.add(FileChange.changed(file));
      }
    }
    for (var file : List.copyOf(taken.keySet())) {
      if (!now.containsKey(file) && !seen.containsKey(file)) {
        taken.remove(file);
        changes.add(FileChange.removed(file));
      }
    }
    seen = new TreeMap<>(now);
    return changes;
  }

  /** True while the last look showed a file that has not settled yet. */
  boolean isUnsettled() {
    return seen.entrySet().stream()
      .anyMatch(entry -> !entry.getValue().equals(taken.get(entry.getKey())));
  }
}
