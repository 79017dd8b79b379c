package io.switchboard.topic;

import io.switchboard.routing.TopicTrie;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Remembers who is bound to the keys that a lane meets, for as long as the trie is the same
 * one: most publishers use few keys. On one lane's thread.
 *
 * @param <T> what is bound
 * @param <V> what is made of all that are bound to one key
 */
final class MatchCache<T, V> {
  private static final int MAX_KEYS = 1_024;

  private final Map<String, V> byKey = new HashMap<>();
  private final Function<Collection<T>, V> make;
  private TopicTrie<T> trie;

  MatchCache(Function<Collection<T>, V> make) {
    this.make = make;
  }

  /** True for a key that was looked up a moment ago. */
  boolean knows(String key) {
    return byKey.containsKey(key);
  }

  V match(TopicTrie<T> current, String key) {
    if (current != trie) {
      byKey.clear();
      trie = current;
    }
    var found = byKey.get(key);
    if (found == null) {
      found = make.apply(current.match(key));
      if (byKey.size() == MAX_KEYS) {
        byKey.clear();
      }
      byKey.put(key, found);
    }
    return found;
  }
}
