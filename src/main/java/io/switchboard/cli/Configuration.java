package io.switchboard.cli;

import io.switchboard.options.Layers;
import io.switchboard.options.OptionSet;
import io.switchboard.options.YamlFile;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A node's configuration from all its sources: flag, environment, file, default, of which the
 * first that says something wins. Relative directories count from the program's home, those in
 * flags from the current directory.
 */
final class Configuration {
  private static final String DEFAULT_FILE = "conf/switchboard.yaml";
  private static final String VERTICLES = "verticles.directory";
  private static final List<String> DIRECTORIES = List.of(VERTICLES, "http.webroot");

  private Configuration() {
  }

  /**
   * Reads it; blocks.
   *
   * @param file null for the default one, which may be absent
   * @throws io.switchboard.options.InvalidOption when a source cannot be used
   */
  static JsonObject read(List<OptionSet> sections, Path file, Map<String, String> environment,
    RunFlags flags) {
    var settings = new Layers(sections);
    if (settings.knows(VERTICLES)) {
      settings.set("default", VERTICLES, "verticles");
    }
    var source = file == null ? Home.file(DEFAULT_FILE) : file;
    var document = YamlFile.read(source);
    if (document.isEmpty() && file != null) {
      throw CommandFailure.wrongUsage("--conf: there is no file '" + file + "'");
    }
    document.ifPresent(present -> settings.add(source.toString(), present));
    settings.environment(environment);
    var belowFlags = settings.merged();
    for (var path : DIRECTORIES) {
      if (value(belowFlags, path) instanceof String directory) {
        settings.set("default", path, Home.file(directory).toString());
      }
    }
    flags.addTo(settings);
    return settings.merged();
  }

  private static Object value(JsonObject configuration, String path) {
    var words = path.split("\\.");
    var section = configuration.getJsonObject(words[0]);
    return section == null ? null : section.getValue(words[1]);
  }
}
