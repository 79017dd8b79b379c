package io.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.cluster.Announcement.Place;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class AttachmentsTest {
  @Property(tries = 500)
  void anAnnouncementCrossesAsJson(
    @ForAll @AlphaChars @StringLength(min = 1, max = 20) String exchange, @ForAll long number,
    @ForAll @Size(max = 5) List<Long> workers,
    @ForAll @Size(max = 5) List<@AlphaChars String> patterns,
    @ForAll @IntRange(max = 9) int subscribers) {
    var places = workers.stream().map(worker -> new Place(worker, (int) (worker & 7))).toList();
    var announcement = new Announcement(exchange, number, places, patterns, subscribers);
    var read = Announcement.fromJson(new JsonObject(announcement.toJson().encode()));
    assertThat(read).isEqualTo(announcement);
    assertThat(read.digest()).isEqualTo(announcement.digest());
  }

  @Test
  void allWorkersOfAnExchangeAreAnnouncedTogether() {
    var local = new LocalAttachments();
    local.addWorker("time", 1, 0);
    local.addWorker("time", 2, 1);
    var announcement = local.announce("time");
    assertThat(announcement.workers()).containsExactly(new Place(1, 0), new Place(2, 1));
    assertThat(local.removeWorker("time", 1)).isTrue();
    assertThat(local.removeWorker("time", 1)).isFalse();
    assertThat(local.removeWorker("echo", 1)).isFalse();
    var next = local.announce("time");
    assertThat(next.workers()).containsExactly(new Place(2, 1));
    assertThat(next.number()).isGreaterThan(announcement.number());
    assertThat(local.announced("time")).isEqualTo(next);
  }

  @Test
  void patternsAreAnnouncedOnceAndTooManyBecomeOne() {
    var local = new LocalAttachments();
    local.addSubscriber("prices", 1, List.of("fx.#", "metal.*"));
    local.addSubscriber("prices", 2, List.of("fx.#"));
    var announcement = local.announce("prices");
    assertThat(announcement.patterns()).containsExactly("fx.#", "metal.*");
    assertThat(announcement.subscribers()).isEqualTo(2);
    local.addSubscriber("prices", 3, IntStream.range(0, LocalAttachments.MAX_PATTERNS)
      .mapToObj(i -> "key-" + i).toList());
    assertThat(local.announce("prices").patterns()).containsExactly("#");
    assertThat(local.removeSubscriber("prices", 3)).isTrue();
    assertThat(local.announce("prices").patterns()).containsExactly("fx.#", "metal.*");
  }

  @Test
  void nothingAttachedIsAnnouncedAndForgotten() {
    var local = new LocalAttachments();
    assertThat(local.digest()).isZero();
    local.addWorker("time", 1, 0);
    local.announce("time");
    assertThat(local.digest()).isNotZero();
    local.removeWorker("time", 1);
    assertThat(local.announce("time").isEmpty()).isTrue();
    assertThat(local.digest()).isZero();
    assertThat(local.all()).isEmpty();
    assertThat(local.announced("time")).isNull();
  }
}
