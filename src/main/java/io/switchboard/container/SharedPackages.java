package io.switchboard.container;

import java.util.ArrayList;
import java.util.List;

/**
 * The packages whose classes a verticle always takes from the node, because their objects pass
 * between the two. The JDK's are shared in any case.
 */
record SharedPackages(List<String> prefixes) {
  private static final List<String> ALWAYS = List.of("java.", "io.vertx.", "io.netty.",
    "com.hazelcast.", "io.switchboard.", "org.slf4j.");

  /** The usual ones and more, each with or without its last dot. */
  static SharedPackages with(List<String> more) {
    var all = new ArrayList<>(ALWAYS);
    for (var prefix : more) {
      all.add(prefix.endsWith(".") ? prefix : prefix + ".");
    }
    return new SharedPackages(List.copyOf(all));
  }

  boolean hasClass(String className) {
    return prefixes.stream().anyMatch(className::startsWith);
  }

  /** @param path with slashes, such as {@code io/vertx/core/vertx-version.txt} */
  boolean hasResource(String path) {
    return hasClass(path.replace('/', '.'));
  }
}
