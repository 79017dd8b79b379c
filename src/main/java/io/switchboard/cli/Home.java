package io.switchboard.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the program's own files are. The launch script says it in the system properties
 * {@code switchboard.home} and {@code switchboard.command}; for the jar alone it is the current
 * directory.
 */
final class Home {
  private Home() {
  }

  /** The folder of the configuration file and the verticles that are used by default. */
  static Path directory() {
    return Path.of(System.getProperty("switchboard.home", ""));
  }

  /** Relative to the home, for people: without the current directory before it. */
  static Path file(String relative) {
    var file = directory().resolve(relative);
    var here = Path.of("").toAbsolutePath();
    var absolute = file.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
  }

  /** What people type to call this program. */
  static String command() {
    var command = System.getProperty("switchboard.command");
    if (command != null) {
      return command;
    }
    var jar = jar();
    return jar == null ? "switchboard" : "java -jar " + jar;
  }

  /** The jar that this program runs from; null when it runs from folders of classes. */
  static Path jar() {
    var classPath = System.getProperty("java.class.path", "");
    var file = Path.of(classPath.contains(File.pathSeparator) ? "" : classPath);
    return classPath.endsWith(".jar") && Files.isRegularFile(file) ? file : null;
  }
}
