package io.switchboard.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The text files of the repository, as they are in the working tree. */
final class SourceTree {
  private static final Set<String> NOT_OURS =
    Set.of(".git", "target", "node_modules", ".idea", ".vscode", ".settings");
  private static final Pattern TEXT = Pattern.compile(
    "[^.]+|\\.\\w+|.*\\.(java|xml|yaml|yml|md|properties|js|mjs|css|html|json|sh|svg|txt)");
  private static final Pattern MADE_ELSEWHERE = Pattern.compile(".*\\.min\\.(js|css)");

  private SourceTree() {
  }

  /** All of them, in the order of their paths. */
  static List<SourceFile> files() {
    var top = top();
    var files = new ArrayList<SourceFile>();
    try {
      Files.walkFileTree(top, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
          return NOT_OURS.contains(String.valueOf(folder.getFileName()))
            ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
          var name = String.valueOf(file.getFileName());
          if (attributes.isRegularFile() && !NOT_OURS.contains(name)
            && TEXT.matcher(name).matches() && !MADE_ELSEWHERE.matcher(name).matches()) {
            var path = top.relativize(file).toString().replace('\\', '/');
            files.add(SourceFile.of(path, Files.readString(file)));
          }
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    files.sort(Comparator.comparing(SourceFile::path));
    return files;
  }

  /** Those below src/main/java. */
  static List<SourceFile> mainJava() {
    return files().stream()
      .filter(file -> file.path().startsWith("src/main/java/") && file.isJava()).toList();
  }

  private static Path top() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("pom.xml"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
