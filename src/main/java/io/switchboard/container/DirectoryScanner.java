package io.switchboard.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at the verticle directory, not into its sub-directories. Blocks. */
final class DirectoryScanner {
  private final Path directory;
  private final int maxFiles;

  DirectoryScanner(Path directory, int maxFiles) {
    this.directory = directory;
    this.maxFiles = maxFiles;
  }

  /**
   * @param exists  false when the directory is not there; then there are no files
   * @param files   the verticle files by name, at most the configured number
   * @param leftOut how many more there are
   */
  record Look(boolean exists, SortedMap<String, Fingerprint> files, int leftOut) {
  }

  Look look() throws IOException {
    var files = new TreeMap<String, Fingerprint>();
    int total = 0;
    try (var entries = Files.newDirectoryStream(directory, DirectoryScanner::isVerticleFile)) {
      for (var path : entries) {
        var print = fingerprint(path);
        if (print != null) {
          total++;
          files.put(path.getFileName().toString(), print);
          if (files.size() > maxFiles) {
            files.pollLastEntry();
          }
        }
      }
    } catch (NoSuchFileException missing) {
      return new Look(false, new TreeMap<>(), 0);
    } catch (NotDirectoryException file) {
      throw new IOException(directory + " is not a directory", file);
    }
    return new Look(true, files, total - files.size());
  }

  /** The file's fingerprint; null for a directory, or a file removed since it was listed. */
  private static Fingerprint fingerprint(Path path) throws IOException {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile() ? Fingerprint.of(attributes) : null;
    } catch (NoSuchFileException removedMeanwhile) {
      return null;
    }
  }

  private static boolean isVerticleFile(Path path) {
    var name = path.getFileName().toString();
    return !name.startsWith(".") && (name.endsWith(".jar") || name.endsWith(".java"));
  }
}
