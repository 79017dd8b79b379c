package io.switchboard.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.Headers;
import io.switchboard.topic.RetainedValues.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetainedValuesTest {
  private static Value value(String key, Object body, long stamp, long origin) {
    return new Value(Event.of(key, body, Headers.NONE), stamp, origin, 10);
  }

  private static List<Object> bodies(RetainedValues values) {
    return values.all().stream().map(value -> value.event().body()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "5, 1, 6, 1, true",
    "5, 1, 5, 1, false",
    "5, 1, 4, 1, false",
    "5, 1, 4, 9, false",
    "5, 1, 5, 2, true",
    "5, 2, 5, 1, false",
    "5, 2, 6, 1, true"})
  void ofTwoValuesTheHigherStampStands(
    long stamp, long origin, long nextStamp, long nextOrigin, boolean newer) {
    var values = new RetainedValues(10, 1_000);
    assertThat(values.put(value("a", "first", stamp, origin))).isTrue();
    assertThat(values.put(value("a", "second", nextStamp, nextOrigin))).isEqualTo(newer);
    assertThat(bodies(values)).containsExactly(newer ? "second" : "first");
  }

  @Test
  void whatChangedLongestAgoGoesFirst() {
    var values = new RetainedValues(3, 1_000);
    for (var key : List.of("a", "b", "c", "a", "d")) {
      values.put(value(key, key, values.nextStamp(0), 1));
    }
    assertThat(bodies(values)).containsExactly("c", "a", "d");
    var small = new RetainedValues(10, 25);
    for (var key : List.of("a", "b", "c")) {
      small.put(value(key, key, small.nextStamp(0), 1));
    }
    assertThat(bodies(small)).containsExactly("b", "c");
    small.put(new Value(Event.of("d", "large", Headers.NONE), small.nextStamp(0), 1, 26));
    assertThat(bodies(small)).isEmpty();
    assertThat(small.digest()).isZero();
  }

  @Test
  void stampsGrowBeyondAllThatWasSeenAndFollowTheClock() {
    var values = new RetainedValues(10, 1_000);
    long first = values.nextStamp(1_000);
    assertThat(values.nextStamp(1_000)).isEqualTo(first + 1);
    assertThat(values.nextStamp(10)).isEqualTo(first + 2);
    assertThat(values.nextStamp(2_000)).isEqualTo(2 * first);
    values.put(value("a", 1, 3 * first, 7));
    assertThat(values.nextStamp(2_000)).isEqualTo(3 * first + 1);
  }

  /** One change of a key, by one of three nodes. */
  private static Value change(int seed) {
    return value("k" + seed % 4, seed, seed / 12, seed / 4 % 3);
  }

  @Property(tries = 300)
  void nodesAgreeInWhateverOrderChangesCome(
    @ForAll @Size(max = 40) List<@IntRange(max = 200) Integer> changes, @ForAll long shuffle) {
    var here = new RetainedValues(10, 1_000);
    var there = new RetainedValues(10, 1_000);
    changes.forEach(seed -> here.put(change(seed)));
    var otherwise = new ArrayList<>(changes);
    Collections.shuffle(otherwise, new Random(shuffle));
    otherwise.forEach(seed -> there.put(change(seed)));
    assertThat(bodies(there)).containsExactlyInAnyOrderElementsOf(bodies(here));
    assertThat(there.digest()).isEqualTo(here.digest());
  }
}
