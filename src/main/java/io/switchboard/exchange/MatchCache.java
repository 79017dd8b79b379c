package io.switchboard.exchange;

import io.switchboard.routing.TopicTrie;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers who is bound to the keys that a lane meets, for as long as the trie is the same
 * one: most publishers use few keys. On one lane's thread.
 */
final class MatchCache<T> {
  private static final int MAX_KEYS = 1_024;

  private final Map<String, List<T>> byKey = new HashMap<>();
  private TopicTrie<T> trie;

  List<T> match(TopicTrie<T> current, String key) {
    if (current != trie) {
      byKey.clear();
      trie = current;
    }
    var found = byKey.get(key);
    if (found == null) {
      found = List.copyOf(current.match(key));
      if (byKey.size() == MAX_KEYS) {
        byKey.clear();
      }
      byKey.put(key, found);
    }
    return found;
  }
}
