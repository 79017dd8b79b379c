package io.switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicTrieTest {
  private static final int CASES = 1_000_000;
  private static final int PATTERNS = 5;
  private static final int KEYS = 4;
  private static final List<String> WORDS = List.of("a", "b", "c");
  private static final List<String> PATTERN_WORDS = List.of("a", "b", "c", "*", "#", "#");

  @ParameterizedTest
  @CsvSource({
    "a, a, true", "a, b, false", "a.b, a.b, true", "a.b, a, false", "a, a.b, false",
    "*, a, true", "*, a.b, false", "a.*, a.b, true", "a.*, a, false", "*.b, a.b, true",
    "#, a, true", "#, a.b.c, true", "a.#, a, true", "a.#, a.b.c, true", "a.#, b, false",
    "#.c, c, true", "#.c, a.b.c, true", "#.c, a.b, false", "a.#.c, a.c, true",
    "a.#.c, a.b.b.c, true", "#.b.#, a.b.c, true", "#.b.#, a.c, false", "*.#, a, true",
    "#.*, a.b, true", "#.#, a, true", "*.#.*, a, false", "*.#.*, a.b, true"})
  void matches(String pattern, String key, boolean expected) {
    var trie = new TopicTrie<String>();
    trie.bind(pattern, "target");
    assertThat(trie.match(key).contains("target")).isEqualTo(expected);
    assertThat(naive(pattern.split("\\."), 0, key.split("\\."), 0)).isEqualTo(expected);
  }

  @Test
  void agreesWithANaiveMatcher() {
    long seed = Long.getLong("seed", new Random().nextLong());
    var random = new Random(seed);
    for (int done = 0; done < CASES; done += PATTERNS * KEYS) {
      var patterns = Stream.generate(() -> words(random, PATTERN_WORDS))
        .limit(PATTERNS).toList();
      var split = patterns.stream().map(pattern -> pattern.split("\\.")).toList();
      var trie = new TopicTrie<Integer>();
      for (int i = 0; i < PATTERNS; i++) {
        trie.bind(patterns.get(i), i);
      }
      for (int i = 0; i < KEYS; i++) {
        var key = words(random, WORDS);
        var keyWords = key.split("\\.");
        var expected = IntStream.range(0, PATTERNS).boxed()
          .filter(p -> naive(split.get(p), 0, keyWords, 0)).toList();
        var found = new ArrayList<>(trie.match(key));
        found.sort(null);
        if (!found.equals(expected)) {
          assertThat(found).as("replay with -Dseed=%d: %s against %s", seed, key, patterns)
            .isEqualTo(expected);
        }
      }
    }
  }

  private static String words(Random random, List<String> from) {
    return IntStream.range(0, 1 + random.nextInt(6))
      .mapToObj(i -> from.get(random.nextInt(from.size()))).collect(Collectors.joining("."));
  }

  private static boolean naive(String[] pattern, int p, String[] key, int k) {
    if (p == pattern.length) {
      return k == key.length;
    }
    if (pattern[p].equals("#")) {
      return naive(pattern, p + 1, key, k)
        || k < key.length && naive(pattern, p, key, k + 1);
    }
    return k < key.length && (pattern[p].equals("*") || pattern[p].equals(key[k]))
      && naive(pattern, p + 1, key, k + 1);
  }

  @Test
  void aTargetWithSeveralMatchingPatternsIsFoundOnce() {
    var trie = new TopicTrie<String>();
    List.of("a.b", "a.*", "#", "a.#", "#.b").forEach(pattern -> trie.bind(pattern, "one"));
    trie.bind("a.b", "one");
    trie.bind("*.b", "two");
    assertThat(trie.match("a.b")).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void anEmptyTrieFindsNobody() {
    var trie = new TopicTrie<String>();
    assertThat(trie.isEmpty()).isTrue();
    assertThat(trie.match("a")).isEmpty();
    trie.bind("b", "target");
    assertThat(trie.isEmpty()).isFalse();
    assertThat(trie.match("a")).isEmpty();
  }

  @Test
  void showsWhatIsBound() {
    var trie = new TopicTrie<String>();
    var bound = Map.of("a.b", "one", "*.b", "two", "#", "three", "a.#.c", "four");
    bound.forEach(trie::bind);
    var shown = new LinkedHashMap<String, String>();
    trie.forEach(shown::put);
    assertThat(shown).containsExactlyInAnyOrderEntriesOf(bound);
  }

  @Test
  void manyHashesOnALongKeyDoNotExplode() {
    var key = String.join(".", java.util.Collections.nCopies(120, "b"));
    var hashes = "#.".repeat(60);
    var mixed = "#.b.".repeat(30);
    var trie = new TopicTrie<String>();
    trie.bind(hashes + "a", "hashes then a");
    trie.bind(hashes + "b", "hashes then b");
    trie.bind(mixed + "a", "mixed then a");
    trie.bind(mixed + "b", "mixed then b");
    trie.bind("#.*.".repeat(30) + "a", "stars then a");
    // Trying every way to share out the words would take longer than the universe is old.
    assertTimeoutPreemptively(Duration.ofSeconds(5), () ->
      assertThat(trie.match(key)).containsExactlyInAnyOrder("hashes then b", "mixed then b"));
  }

  @Test
  void everyWordOfTheKeyMayBeTakenByANestedHash() {
    var trie = new TopicTrie<String>();
    trie.bind("#.a.#.b", "target");
    assertThat(trie.match("a.b")).containsExactly("target");
    assertThat(trie.match("c.a.c.b.b")).containsExactly("target");
    assertThat(trie.match("b.a")).isEmpty();
  }
}
