package io.switchboard.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which package may use which: the picture of the architecture as a table, and its checks. */
final class Arrows {
  /** The package {@code io.switchboard} itself. */
  static final String ROOT = "root";

  /** As drawn; arrows are transitive. */
  static final Map<String, Set<String>> DRAWN = drawn();

  /** Files that may use internals of Vert.x, Netty or Hazelcast, and why no public way does. */
  static final Map<String, String> INTERNALS_ALLOWED = Map.of();

  private static final String BASE = "io.switchboard";
  private static final Pattern OWN = Pattern.compile(
    "\\bio\\.switchboard((?:\\.[a-z]\\w*)*)\\.(?:[A-Z]\\w*|\\*)");
  private static final Pattern HAZELCAST = Pattern.compile(
    "\\b(?:com\\.hazelcast|io\\.vertx\\.spi\\.cluster\\.hazelcast)\\b");
  private static final Pattern INTERNALS = Pattern.compile(
    "\\b(?:io\\.vertx|io\\.netty|com\\.hazelcast)(?:\\.\\w+)*?\\.(?:internal|impl)\\.\\w+");
  private static final Set<String> BANNED_NAMES = Set.of("util", "utils", "impl", "internal",
    "common", "commons", "manager", "managers", "helper", "helpers", "support", "misc");

  private Arrows() {
  }

  private static Map<String, Set<String>> drawn() {
    var arrows = new LinkedHashMap<String, Set<String>>();
    arrows.put("message", Set.of());
    arrows.put("options", Set.of());
    arrows.put("lane", Set.of());
    arrows.put("routing", Set.of("message", "options"));
    arrows.put("trunk", Set.of("message", "lane", "options"));
    arrows.put("cluster", Set.of("message", "routing", "trunk", "options"));
    arrows.put("exchange", Set.of("message", "lane", "routing", "trunk", "options"));
    arrows.put("topic", Set.of("exchange"));
    arrows.put("collect", Set.of("exchange"));
    arrows.put("task", Set.of("exchange"));
    arrows.put("supervisor", Set.of("options"));
    arrows.put("container", Set.of("supervisor", "options"));
    arrows.put("bridge", Set.of("exchange", "topic", "collect", "task", "options"));
    arrows.put("node", Set.copyOf(arrows.keySet()));
    arrows.put(ROOT, Set.of("exchange", "topic", "collect", "task", "node"));
    arrows.put("bench", Set.of(ROOT));
    arrows.put("cli", Set.of(ROOT, "node", "bench"));
    return arrows;
  }

  /** What the package reaches along the drawn arrows. */
  static Set<String> reachable(String from) {
    var reached = new LinkedHashSet<String>();
    var open = new ArrayList<>(DRAWN.getOrDefault(from, Set.of()));
    while (!open.isEmpty()) {
      var next = open.remove(open.size() - 1);
      if (reached.add(next)) {
        open.addAll(DRAWN.get(next));
      }
    }
    return reached;
  }

  /** Uses that go along no arrow, and packages that the picture does not show. */
  static List<Offence> outsideThePicture(List<SourceFile> sources) {
    var offences = new ArrayList<Offence>();
    for (var source : sources) {
      var from = boxOf(source.packageName());
      if (!DRAWN.containsKey(from)) {
        offences.add(new Offence(source.path(), 1, "the package " + from + " is not drawn",
          "move it, or draw it in ARCHITECTURE.md and in Arrows"));
        continue;
      }
      var allowed = reachable(from);
      var match = OWN.matcher(source.code());
      while (match.find()) {
        var to = boxOf(BASE + match.group(1));
        if (!to.equals(from) && !allowed.contains(to)) {
          offences.add(new Offence(source.path(), source.lineAt(match.start()),
            from + " uses " + to + " (" + match.group() + ")", "it may use only "
            + (allowed.isEmpty() ? "the JDK and libraries" : new TreeSet<>(allowed))));
        }
      }
    }
    return offences;
  }

  /** The packages of an import cycle, subpackages counted apart; empty when there is none. */
  static List<String> cycle(List<SourceFile> sources) {
    var uses = new TreeMap<String, Set<String>>();
    for (var source : sources) {
      var from = source.packageName();
      var match = OWN.matcher(source.code());
      while (match.find()) {
        var to = BASE + match.group(1);
        if (!to.equals(from)) {
          uses.computeIfAbsent(from, key -> new TreeSet<>()).add(to);
        }
      }
    }
    return Cycle.in(uses);
  }

  /** Hazelcast outside the packages that hide it. */
  static List<Offence> hazelcastOutside(List<SourceFile> sources) {
    return usesOf(HAZELCAST, sources.stream().filter(source ->
      !boxOf(source.packageName()).equals("cluster")
        && !isWithin(source.packageName(), BASE + ".task.store")).toList(),
      "keep it in cluster or task/store, behind a seam");
  }

  /** Internals of libraries in files that are not allowed them. */
  static List<Offence> internals(List<SourceFile> sources, Set<String> allowedPaths) {
    return usesOf(INTERNALS, sources.stream()
      .filter(source -> !allowedPaths.contains(source.path())).toList(),
      "take the public way; where none exists keep it in one class and list that in "
        + "Arrows.INTERNALS_ALLOWED");
  }

  private static List<Offence> usesOf(
    Pattern pattern, List<SourceFile> sources, String mend) {
    var offences = new ArrayList<Offence>();
    for (var source : sources) {
      var match = pattern.matcher(source.code());
      while (match.find()) {
        offences.add(new Offence(
          source.path(), source.lineAt(match.start()), "uses " + match.group(), mend));
      }
    }
    return offences;
  }

  /** Package names that say nothing. */
  static List<Offence> bannedNames(List<SourceFile> sources) {
    var offences = new ArrayList<Offence>();
    for (var source : sources) {
      for (var word : source.packageName().split("\\.")) {
        if (BANNED_NAMES.contains(word)) {
          offences.add(new Offence(source.path(), 1, "a package is named " + word,
            "name it after what it is for"));
        }
      }
    }
    return offences;
  }

  /** Packages without a documented package-info.java. */
  static List<Offence> unexplained(List<SourceFile> sources) {
    var explained = new TreeSet<String>();
    var offences = new ArrayList<Offence>();
    for (var source : sources) {
      if (source.path().endsWith("/package-info.java") && source.text().contains("/**")) {
        explained.add(source.packageName());
      }
    }
    var reported = new TreeSet<String>();
    for (var source : sources) {
      var name = source.packageName();
      if (!explained.contains(name) && reported.add(name)) {
        offences.add(new Offence(source.path(), 1, name + " has no package-info.java that "
          + "explains it", "write what it is for and what it may use"));
      }
    }
    return offences;
  }

  private static String boxOf(String packageName) {
    if (packageName.equals(BASE)) {
      return ROOT;
    }
    return isWithin(packageName, BASE)
      ? packageName.substring(BASE.length() + 1).split("\\.")[0] : packageName;
  }

  private static boolean isWithin(String packageName, String outer) {
    return packageName.equals(outer) || packageName.startsWith(outer + ".");
  }
}
