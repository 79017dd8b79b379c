package io.switchboard.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FileWatchTest {
  private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NEW = OLD.plusSeconds(60);

  private final FileWatch watch = new FileWatch();

  private static SortedMap<String, Fingerprint> seen(String file, long size, Instant modified) {
    return new TreeMap<>(Map.of(file, new Fingerprint(size, modified, null)));
  }

  @Test
  void takesAFileWhenTwoLooksAgree() {
    assertThat(watch.observe(seen("a", 1, NEW), Instant.MIN)).isEmpty();
    assertThat(watch.isUnsettled()).isTrue();
    assertThat(watch.observe(seen("a", 2, NEW), Instant.MIN)).isEmpty();
    assertThat(watch.observe(seen("a", 2, NEW), Instant.MIN))
      .containsExactly(FileChange.changed("a"));
    assertThat(watch.isUnsettled()).isFalse();
    assertThat(watch.observe(seen("a", 2, NEW), Instant.MIN)).isEmpty();
  }

  @Test
  void takesAnOldFileAtOnce() {
    assertThat(watch.observe(seen("a", 1, OLD), OLD.plusSeconds(1)))
      .containsExactly(FileChange.changed("a"));
    assertThat(watch.observe(seen("a", 1, NEW), OLD.plusSeconds(1))).isEmpty();
  }

  @Test
  void tellsVersionsApartByTimeAndByIdentity() {
    watch.observe(seen("a", 1, OLD), NEW);
    watch.observe(seen("a", 1, NEW), Instant.MIN);
    assertThat(watch.observe(seen("a", 1, NEW), Instant.MIN))
      .containsExactly(FileChange.changed("a"));
    var moved = new TreeMap<>(Map.of("a", new Fingerprint(1, NEW, "inode 2")));
    watch.observe(moved, Instant.MIN);
    assertThat(watch.observe(moved, Instant.MIN)).containsExactly(FileChange.changed("a"));
  }

  @Test
  void aFileIsRemovedWhenTwoLooksMissIt() {
    watch.observe(seen("a", 1, OLD), NEW);
    assertThat(watch.observe(new TreeMap<>(), Instant.MIN)).isEmpty();
    assertThat(watch.observe(seen("a", 1, OLD), Instant.MIN)).isEmpty();
    assertThat(watch.observe(new TreeMap<>(), Instant.MIN)).isEmpty();
    assertThat(watch.observe(new TreeMap<>(), Instant.MIN))
      .containsExactly(FileChange.removed("a"));
    assertThat(watch.observe(new TreeMap<>(), Instant.MIN)).isEmpty();
  }

  @Test
  void aFileThatNeverSettledIsNeverRemoved() {
    watch.observe(seen("a", 1, NEW), Instant.MIN);
    watch.observe(new TreeMap<>(), Instant.MIN);
    assertThat(watch.observe(new TreeMap<>(), Instant.MIN)).isEmpty();
    assertThat(watch.isUnsettled()).isFalse();
  }
}
