package io.switchboard.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
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
    /** A # below another one: it can be reached with the same words left in many ways. */
    private boolean nested;
  }

  /** Binds the target to the pattern; once more changes nothing. */
  public void bind(String pattern, T target) {
    var branch = root;
    boolean belowAnyWords = false;
    for (var word : split(pattern)) {
      branch = switch (word) {
        case ONE_WORD -> branch.oneWord == null
          ? branch.oneWord = new Branch<>() : branch.oneWord;
        case ANY_WORDS -> branch.anyWords == null
          ? branch.anyWords = new Branch<>() : branch.anyWords;
        default -> branch.words.computeIfAbsent(word, absent -> new Branch<>());
      };
      if (word.equals(ANY_WORDS)) {
        branch.nested = belowAnyWords;
        belowAnyWords = true;
      }
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
    var search = new Search<T>(split(key));
    search.visit(root, 0);
    return search.found;
  }

  /** Looks for one key; comes to each branch at most once with the same words left. */
  private static final class Search<T> {
    private final String[] words;
    private final Set<T> found = new LinkedHashSet<>();
    /** From which word on a nested # was searched; without it the paths would multiply. */
    private Map<Branch<T>, Integer> searched;

    private Search(String[] words) {
      this.words = words;
    }

    private void visit(Branch<T> branch, int at) {
      if (at == words.length) {
        found.addAll(branch.targets);
      } else {
        var exact = branch.words.get(words[at]);
        if (exact != null) {
          visit(exact, at + 1);
        }
        if (branch.oneWord != null) {
          visit(branch.oneWord, at + 1);
        }
      }
      if (branch.anyWords != null) {
        visitAnyWords(branch.anyWords, at);
      }
    }

    /** A # that is the last word ends the search; one in the middle tries every length. */
    private void visitAnyWords(Branch<T> branch, int at) {
      if (branch.words.isEmpty() && branch.oneWord == null && branch.anyWords == null) {
        found.addAll(branch.targets);
        return;
      }
      int end = branch.nested ? searchedFrom(branch, at) : words.length + 1;
      for (int next = at; next < end; next++) {
        visit(branch, next);
      }
    }

    /** Whoever was here with more words left has tried all that could be tried now. */
    private int searchedFrom(Branch<T> branch, int at) {
      if (searched == null) {
        searched = new IdentityHashMap<>();
      }
      int before = searched.getOrDefault(branch, words.length + 1);
      searched.put(branch, Math.min(at, before));
      return before;
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
