package io.switchboard.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Finds who is bound to a routing key. A pattern's {@code *} stands for one word, {@code #} for
 * zero or more, as in AMQP. A target bound by several matching patterns is found once. Not
 * thread-safe while it is being built; never changed afterwards.
 *
 * @param <T> compared by equals
 */
public final class TopicTrie<T> {
  private static final String ONE_WORD = "*";
  private static final String ANY_WORDS = "#";

  private final Branch<T> root = new Branch<>();
  private boolean empty = true;

  private static final class Branch<T> {
    private final Map<String, Branch<T>> words = new HashMap<>(4);
    private Branch<T> oneWord;
    private Branch<T> anyWords;
    private final List<T> targets = new ArrayList<>(1);
  }

  /** Binds the target to the pattern; once more changes nothing. */
  public void bind(String pattern, T target) {
    var branch = root;
    for (var word : split(pattern)) {
      branch = switch (word) {
        case ONE_WORD -> branch.oneWord == null
          ? branch.oneWord = new Branch<>() : branch.oneWord;
        case ANY_WORDS -> branch.anyWords == null
          ? branch.anyWords = new Branch<>() : branch.anyWords;
        default -> branch.words.computeIfAbsent(word, absent -> new Branch<>());
      };
    }
    if (!branch.targets.contains(target)) {
      branch.targets.add(target);
    }
    empty = false;
  }

  /** True when nobody is bound. */
  public boolean isEmpty() {
    return empty;
  }

  /** Everyone with a pattern that matches the key, each once. */
  public Collection<T> match(String key) {
    if (empty) {
      return List.of();
    }
    Set<T> found = new LinkedHashSet<>();
    match(root, split(key), 0, found);
    return found;
  }

  private static <T> void match(Branch<T> branch, String[] words, int at, Set<T> found) {
    if (at == words.length) {
      found.addAll(branch.targets);
    } else {
      var exact = branch.words.get(words[at]);
      if (exact != null) {
        match(exact, words, at + 1, found);
      }
      if (branch.oneWord != null) {
        match(branch.oneWord, words, at + 1, found);
      }
    }
    if (branch.anyWords != null) {
      matchAnyWords(branch.anyWords, words, at, found);
    }
  }

  /** A # that is the last word ends the search; one in the middle tries every length. */
  private static <T> void matchAnyWords(
    Branch<T> branch, String[] words, int at, Set<T> found) {
    if (branch.words.isEmpty() && branch.oneWord == null && branch.anyWords == null) {
      found.addAll(branch.targets);
      return;
    }
    for (int skipped = at; skipped <= words.length; skipped++) {
      match(branch, words, skipped, found);
    }
  }

  /** Calls with every pattern and target; for showing what is bound. */
  public void forEach(BiConsumer<String, T> action) {
    forEach(root, "", action);
  }

  private static <T> void forEach(Branch<T> branch, String path, BiConsumer<String, T> action) {
    branch.targets.forEach(target -> action.accept(path, target));
    var prefix = path.isEmpty() ? "" : path + ".";
    branch.words.forEach((word, next) -> forEach(next, prefix + word, action));
    if (branch.oneWord != null) {
      forEach(branch.oneWord, prefix + ONE_WORD, action);
    }
    if (branch.anyWords != null) {
      forEach(branch.anyWords, prefix + ANY_WORDS, action);
    }
  }

  /** Splitting by hand: no regular expression on the message path. */
  private static String[] split(String key) {
    int count = 1;
    for (int i = key.indexOf('.'); i >= 0; i = key.indexOf('.', i + 1)) {
      count++;
    }
    var words = new String[count];
    int start = 0;
    for (int i = 0; i < count - 1; i++) {
      int dot = key.indexOf('.', start);
      words[i] = key.substring(start, dot);
      start = dot + 1;
    }
    words[count - 1] = key.substring(start);
    return words;
  }
}
