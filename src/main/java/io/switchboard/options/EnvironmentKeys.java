package io.switchboard.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which environment variable means which key path: they are compared without case, dots and
 * underscores, so that {@code SWITCHBOARD_HTTP_BODY_LIMIT} is {@code http.bodyLimit}.
 */
final class EnvironmentKeys {
  private static final String PREFIX = "SWITCHBOARD_";
  /** Read by the launch script. */
  private static final Set<String> OTHER_USES = Set.of("SWITCHBOARD_JAVA_OPTS");
  /** Kubernetes sets these in every container beside a service that is named switchboard. */
  private static final Pattern SERVICE_LINK =
    Pattern.compile("SWITCHBOARD_(SERVICE_(HOST|PORT)(_.*)?|PORT_\\d+_.*)");

  private EnvironmentKeys() {
  }

  /** One variable and the key path that it sets. */
  record Setting(String variable, String path, String value) {
  }

  /**
   * In the order of the variables' names; an empty variable counts as not set.
   *
   * @throws InvalidOption for a variable with the prefix that means no known path
   */
  static List<Setting> settings(Map<String, String> variables, Collection<String> paths) {
    var byPlainName = new HashMap<String, String>();
    paths.forEach(path -> byPlainName.put(plain(path), path));
    var settings = new ArrayList<Setting>();
    new TreeMap<>(variables).forEach((variable, value) -> {
      if (!variable.startsWith(PREFIX) || value.isEmpty() || isForOthers(variable, value)) {
        return;
      }
      var path = byPlainName.get(plain(variable.substring(PREFIX.length())));
      if (path == null) {
        throw new InvalidOption(variable + ": no such setting"
          + NearestName.hint(variable, paths.stream().map(EnvironmentKeys::variable).toList()));
      }
      settings.add(new Setting(variable, path, value));
    });
    return settings;
  }

  /** {@code http.bodyLimit} is SWITCHBOARD_HTTP_BODY_LIMIT. */
  static String variable(String path) {
    return PREFIX + path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_')
      .toUpperCase(Locale.ROOT);
  }

  private static boolean isForOthers(String variable, String value) {
    return OTHER_USES.contains(variable) || SERVICE_LINK.matcher(variable).matches()
      || variable.equals("SWITCHBOARD_PORT") && value.contains("://");
  }

  private static String plain(String name) {
    return name.replace("_", "").replace(".", "").toLowerCase(Locale.ROOT);
  }
}
