package io.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.cluster.Announcement.Place;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.HeaderFilter;
import io.switchboard.routing.Interest;
import io.switchboard.routing.Kind;
import io.switchboard.routing.Node;
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
    var places = workers.stream().distinct().map(worker -> worker % 3 == 0
      ? new Place(worker, 1, new JsonObject().put("weight", worker))
      : new Place(worker, (int) (worker & 7))).toList();
    var groups = patterns.stream().map(pattern -> new Announcement.Members(new Interest(
      List.of(pattern), "g" + pattern, HeaderFilter.NONE.with("h", pattern).with("p")),
      subscribers)).toList();
    var announcement = new Announcement(
      exchange, number, places, patterns, groups, subscribers);
    var read = Announcement.fromJson(new JsonObject(announcement.toJson().encode()));
    assertThat(read).isEqualTo(announcement);
    assertThat(read.digest()).isEqualTo(announcement.digest());
  }

  @Test
  void allWorkersOfAnExchangeAreAnnouncedTogether() {
    var local = new LocalAttachments();
    local.addWorker("time", new Place(1, 0));
    local.addWorker("time", new Place(2, 1));
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
  void whatAWorkerSaysOfItselfTravelsOnlyWhenItSaysSomething() {
    var silent = new Announcement("time", 1, List.of(new Place(1, 0)), List.of(), List.of(),
      0);
    assertThat(silent.toJson().containsKey("attributes")).isFalse();
    var attributes = new JsonObject().put("weight", 3);
    var known = new Announcement(
      "time", 2, List.of(new Place(1, 0), new Place(2, 1, attributes)), List.of(), List.of(),
      0);
    assertThat(known.toJson().getJsonObject("attributes"))
      .isEqualTo(new JsonObject().put("2", attributes));
  }

  @Test
  void aWorkerThatChangesWhatItSaysGoesOnCounting() {
    var builder = new RouteBuilder(new Node("here", 1, Node.LOCAL), 1);
    var declared = new Declared(
      new Declaration("time", Kind.REQUEST, new JsonObject()), 1, false, 1);
    var local = new LocalAttachments();
    local.addWorker("time", new Place(7, 0));
    var before = builder.build(declared, null, local.announce("time"), List.of());
    before.workers()[0].sent(0);
    local.addWorker("time", new Place(7, 0, new JsonObject().put("weight", 3)));
    var after = builder.build(declared, before, local.announce("time"), List.of());
    assertThat(after.workers()).hasSize(1);
    assertThat(after.workers()[0].attributes().getInteger("weight")).isEqualTo(3);
    before.workers()[0].sent(0);
    assertThat(after.workers()[0].inFlight(0)).isEqualTo(2);
    var same = builder.build(declared, after, local.announce("time"), List.of());
    assertThat(same.workers()[0]).isSameAs(after.workers()[0]);
  }

  @Test
  void patternsAreAnnouncedOnceAndTooManyBecomeOne() {
    var local = new LocalAttachments();
    local.addSubscriber("prices", 1, interest(List.of("fx.#", "metal.*")));
    local.addSubscriber("prices", 2, interest(List.of("fx.#")));
    var announcement = local.announce("prices");
    assertThat(announcement.patterns()).containsExactly("fx.#", "metal.*");
    assertThat(announcement.subscribers()).isEqualTo(2);
    local.addSubscriber("prices", 3, interest(IntStream
      .range(0, LocalAttachments.MAX_PATTERNS).mapToObj(i -> "key-" + i).toList()));
    assertThat(local.announce("prices").patterns()).containsExactly("#");
    assertThat(local.removeSubscriber("prices", 3)).isTrue();
    assertThat(local.announce("prices").patterns()).containsExactly("fx.#", "metal.*");
  }

  @Test
  void membersThatAskForTheSameAreAnnouncedTogether() {
    var local = new LocalAttachments();
    var eu = new Interest(List.of("fx.#"), "g", HeaderFilter.NONE.with("region", "eu"));
    var us = new Interest(List.of("fx.#"), "g", HeaderFilter.NONE.with("region", "us"));
    local.addSubscriber("prices", 1, eu);
    local.addSubscriber("prices", 2, us);
    local.addSubscriber("prices", 3, eu);
    local.addSubscriber("prices", 4, interest(List.of("metal.*")));
    var announcement = local.announce("prices");
    assertThat(announcement.patterns()).containsExactly("metal.*");
    assertThat(announcement.groups()).containsExactlyInAnyOrder(
      new Announcement.Members(eu, 2), new Announcement.Members(us, 1));
    assertThat(announcement.subscribers()).isEqualTo(4);
    local.removeSubscriber("prices", 2);
    local.removeSubscriber("prices", 3);
    assertThat(local.announce("prices").groups())
      .containsExactly(new Announcement.Members(eu, 1));
  }

  @Test
  void thereIsABoundOnGroups() {
    var local = new LocalAttachments();
    for (int i = 0; i < LocalAttachments.MAX_GROUPS; i++) {
      var interest = new Interest(List.of("#"), "g" + i, HeaderFilter.NONE);
      assertThat(local.hasRoomFor("prices", interest)).isTrue();
      local.addSubscriber("prices", i, interest);
    }
    assertThat(local.hasRoomFor("prices", new Interest(List.of("#"), "g", HeaderFilter.NONE)))
      .isFalse();
    assertThat(local.hasRoomFor("prices", new Interest(List.of("#"), "g7", HeaderFilter.NONE)))
      .isTrue();
    assertThat(local.hasRoomFor("prices", interest(List.of("#")))).isTrue();
  }

  private static Interest interest(List<String> patterns) {
    return new Interest(patterns, null, HeaderFilter.NONE);
  }

  @Test
  void nothingAttachedIsAnnouncedAndForgotten() {
    var local = new LocalAttachments();
    assertThat(local.digest()).isZero();
    local.addWorker("time", new Place(1, 0));
    local.announce("time");
    assertThat(local.digest()).isNotZero();
    local.removeWorker("time", 1);
    assertThat(local.announce("time").isEmpty()).isTrue();
    assertThat(local.digest()).isZero();
    assertThat(local.all()).isEmpty();
    assertThat(local.announced("time")).isNull();
  }
}
