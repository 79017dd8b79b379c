package io.switchboard.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Jars of classes that are compiled in this process, against what it runs with. */
public final class CompiledJar {
  private CompiledJar() {
  }

  /**
   * A jar with the sources compiled into it.
   *
   * @param mainVerticle for its manifest; null for none
   * @param sources      by class name
   * @param files        what else it holds, by path
   */
  public static byte[] of(
    String mainVerticle, Map<String, String> sources, Map<String, String> files)
    throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (mainVerticle != null) {
      manifest.getMainAttributes().putValue("Main-Verticle", mainVerticle);
    }
    var bytes = new ByteArrayOutputStream();
    try (var jar = new JarOutputStream(bytes, manifest)) {
      for (var compiled : compile(sources).entrySet()) {
        jar.putNextEntry(new ZipEntry(compiled.getKey()));
        jar.write(compiled.getValue());
      }
      for (var file : files.entrySet()) {
        jar.putNextEntry(new ZipEntry(file.getKey()));
        jar.write(file.getValue().getBytes());
      }
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> compile(Map<String, String> sources) throws IOException {
    var directory = Files.createTempDirectory("switchboard-test-");
    try {
      var compiler = ToolProvider.getSystemJavaCompiler();
      var files = new ArrayList<String>();
      for (var source : sources.entrySet()) {
        var file = directory.resolve("src").resolve(
          source.getKey().replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        files.add(Files.writeString(file, source.getValue()).toString());
      }
      var arguments = new ArrayList<>(List.of("-proc:none", "-d",
        directory.resolve("out").toString(), "-cp", System.getProperty("java.class.path")));
      arguments.addAll(files);
      if (!files.isEmpty()
        && compiler.run(null, null, null, arguments.toArray(new String[0])) != 0) {
        throw new IOException("the test's own source does not compile");
      }
      return contents(directory.resolve("out"));
    } finally {
      delete(directory);
    }
  }

  private static Map<String, byte[]> contents(Path root) throws IOException {
    var contents = new LinkedHashMap<String, byte[]>();
    if (Files.exists(root)) {
      try (var paths = Files.walk(root)) {
        for (var path : paths.filter(Files::isRegularFile).toList()) {
          contents.put(root.relativize(path).toString(), Files.readAllBytes(path));
        }
      }
    }
    return contents;
  }

  private static void delete(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
