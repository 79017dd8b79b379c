package io.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.routing.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node announces beside what a peer makes of it, with losses in between. */
class RepairTest {
  private LocalAttachments announcer;
  private PeerAttachments listener;

  @BeforeEach
  void newPair() {
    announcer = new LocalAttachments();
    listener = new PeerAttachments(new Node("node-1", 7, 1));
  }

  private Announcement attach(String exchange, long worker) {
    announcer.addWorker(exchange, new Announcement.Place(worker, 0));
    return announcer.announce(exchange);
  }

  private Announcement detach(String exchange, long worker) {
    announcer.removeWorker(exchange, worker);
    return announcer.announce(exchange);
  }

  @Test
  void whoHearsEverythingHasTheSameDigest() {
    var random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      var exchange = "x" + random.nextInt(20);
      long worker = random.nextInt(3);
      listener.apply(random.nextBoolean() ? attach(exchange, worker) : detach(exchange, worker));
      assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
    }
    for (var announcement : announcer.all()) {
      assertThat(listener.get(announcement.exchange())).isEqualTo(announcement);
    }
    assertThat(listener.exchanges()).hasSameSizeAs(announcer.all());
  }

  @Test
  void anOlderAnnouncementIsIgnored() {
    var first = attach("time", 1);
    var second = attach("time", 2);
    listener.apply(second);
    listener.apply(first);
    listener.apply(second);
    assertThat(listener.get("time")).isEqualTo(second);
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
  }

  @Test
  void whatWasLostIsRepairedAtTheSecondDifference() {
    listener.apply(attach("time", 1));
    attach("echo", 1);
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isTrue();
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isTrue();
    assertThat(listener.replace(announcer.all(), true, true))
      .containsExactlyInAnyOrder("time", "echo");
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
  }

  @Test
  void aDifferenceThatHealsByItselfIsForgotten() {
    var late = attach("time", 1);
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
    listener.apply(late);
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
    attach("echo", 1);
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
  }

  @Test
  void differentDeclarationsAreRepairedToo() {
    assertThat(listener.needsRepair(0, 1, 0)).isFalse();
    assertThat(listener.needsRepair(0, 1, 0)).isTrue();
  }

  @Test
  void everythingComesInPartsAndCountsAtTheLast() {
    listener.apply(attach("gone", 1));
    detach("gone", 1);
    var all = new ArrayList<>(List.of(attach("a", 1), attach("b", 1), attach("c", 1)));
    assertThat(listener.isComplete()).isFalse();
    assertThat(listener.replace(all.subList(0, 2), true, false)).isEmpty();
    assertThat(listener.get("a")).isNull();
    assertThat(listener.isComplete()).isFalse();
    assertThat(listener.replace(all.subList(2, 3), false, true))
      .isEqualTo(new HashSet<>(List.of("a", "b", "c", "gone")));
    assertThat(listener.isComplete()).isTrue();
    assertThat(listener.get("gone")).isNull();
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
    assertThat(listener.needsRepair(announcer.digest(), 0, 0)).isFalse();
  }
}
