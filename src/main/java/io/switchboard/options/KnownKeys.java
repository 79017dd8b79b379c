package io.switchboard.options;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key paths that a configuration may have, from the option sets of its sections. An option
 * of type {@code object} that is no section itself is free: the user chooses the keys below it.
 */
final class KnownKeys {
  private final Map<String, OptionSet> sections = new LinkedHashMap<>();
  private final Map<String, Option<?>> options = new LinkedHashMap<>();

  KnownKeys(List<OptionSet> sets) {
    sets.forEach(set -> sections.put(set.path(), set));
    sections.putIfAbsent("", new OptionSet(""));
    for (var set : sections.values()) {
      for (var option : set.options()) {
        var path = set.path().isEmpty() ? option.name() : set.path() + "." + option.name();
        if (!sections.containsKey(path)) {
          options.put(path, option);
        }
      }
    }
  }

  Collection<OptionSet> sections() {
    return sections.values();
  }

  Collection<String> paths() {
    return options.keySet();
  }

  boolean isSection(String path) {
    return sections.containsKey(path);
  }

  boolean isFree(String path) {
    return options.containsKey(path) && options.get(path).type().equals("object");
  }

  /** True for a known path, and for one below a free key. */
  boolean allows(String path) {
    return options.containsKey(path) || freeAbove(path).isPresent();
  }

  /** The free key that the path stands below. */
  Optional<String> freeAbove(String path) {
    return options.keySet().stream()
      .filter(key -> isFree(key) && path.startsWith(key + "."))
      .findFirst();
  }

  /** True where a value written as text may be meant as JSON: lists and objects. */
  boolean takesJson(String path) {
    return !options.containsKey(path) || isFree(path)
      || options.get(path).type().startsWith("list");
  }

  /** A clause for a refusal: the nearest known path, or what there is. */
  String hint(String path) {
    if (!path.isEmpty() && isSection(path)) {
      return " is a section; set one of its keys: " + String.join(", ",
        paths().stream().filter(known -> known.startsWith(path + ".")).toList());
    }
    return " is no known key" + NearestName.hint(path, paths());
  }
}
