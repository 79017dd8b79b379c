package io.switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GroupChoiceTest {
  private static List<Share> shares(List<Integer> members) {
    var shares = new ArrayList<Share>();
    for (int i = 0; i < members.size(); i++) {
      shares.add(new Share(new Node("node-" + i, i + 1, i), "g", List.of("#"),
        HeaderFilter.NONE, members.get(i)));
    }
    return shares;
  }

  private static Map<String, Integer> picks(
    List<Share> shares, long from, int count, Predicate<Share> usable) {
    var picks = new HashMap<String, Integer>();
    for (int i = 0; i < count; i++) {
      picks.merge(
        GroupChoice.choose(shares, from + i, usable).node().name(), 1, Integer::sum);
    }
    return picks;
  }

  @Test
  void aNodeIsPickedAsOftenAsItHasMembers() {
    var picks = picks(shares(List.of(1, 3, 6)), 0, 1_000, share -> true);
    assertThat(picks.get("node-0")).isBetween(95, 105);
    assertThat(picks.get("node-1")).isBetween(295, 305);
    assertThat(picks.get("node-2")).isBetween(595, 605);
  }

  @Test
  void twoAlikeTakeTurnsAlmostStrictly() {
    var shares = shares(List.of(100, 100));
    for (int from = 0; from < 100; from++) {
      assertThat(picks(shares, from, 10, share -> true).get("node-0")).isBetween(4, 6);
    }
  }

  @Test
  void whatIsNotUsableIsPassedOver() {
    var shares = shares(List.of(2, 2, 2));
    assertThat(picks(shares, 7, 300, share -> !share.node().name().equals("node-1")))
      .containsOnlyKeys("node-0", "node-2")
      .allSatisfy((node, count) -> assertThat(count).isBetween(145, 155));
    assertThat(GroupChoice.choose(shares, 7, share -> false)).isNull();
    assertThat(GroupChoice.choose(List.of(), 7, share -> true)).isNull();
  }

  @Property(tries = 300)
  void everyShareGetsItsPart(@ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 50)
    Integer> members, @ForAll long from) {
    int all = members.stream().mapToInt(each -> each).sum();
    var picks = picks(shares(members), from, 2_000, share -> true);
    for (int i = 0; i < members.size(); i++) {
      double due = 2_000.0 * members.get(i) / all;
      assertThat(picks.getOrDefault("node-" + i, 0)).isBetween((int) due - 8, (int) due + 9);
    }
  }
}
