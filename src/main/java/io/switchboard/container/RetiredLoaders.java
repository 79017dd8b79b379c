package io.switchboard.container;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the class loaders of undeployed versions that the garbage collector has not taken yet.
 * A number that grows with every swap tells of a verticle that leaves something behind: a
 * thread, a static listener, a codec. Safe for use by any thread.
 */
final class RetiredLoaders {
  private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
  private final Set<Retired> waiting = ConcurrentHashMap.newKeySet();

  private static final class Retired extends PhantomReference<ClassLoader> {
    private final String file;

    Retired(String file, ClassLoader loader, ReferenceQueue<ClassLoader> collected) {
      super(loader, collected);
      this.file = file;
    }
  }

  /** From now on the loader of this file should be unreachable. */
  void add(String file, ClassLoader loader) {
    waiting.add(new Retired(file, loader, collected));
  }

  /** How many are still there. */
  int count() {
    for (var gone = collected.poll(); gone != null; gone = collected.poll()) {
      waiting.remove(gone);
    }
    return waiting.size();
  }

  /** How many of one file are still there. */
  int count(String file) {
    return count() == 0 ? 0
      : (int) waiting.stream().filter(retired -> retired.file.equals(file)).count();
  }
}
