package io.switchboard.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;

/** Reads a verticle jar: which class its manifest names, and how it wants to be deployed. */
final class JarReader {
  private static final String MAIN_VERTICLE = "Main-Verticle";
  private static final int MAX_DESCRIPTOR_SIZE = 1024 * 1024;

  /** Blocks. The returned program's archive is open. */
  Program read(Path file) throws BrokenVerticle, IOException {
    JarArchive archive;
    try {
      archive = JarArchive.copyOf(file);
    } catch (ZipException | SecurityException notJar) {
      throw new BrokenVerticle("is not a readable jar: " + notJar.getMessage(), notJar);
    }
    try {
      return new Program(archive, List.of(mainVerticle(archive)), descriptor(archive));
    } catch (BrokenVerticle | IOException | RuntimeException unusable) {
      archive.close();
      throw unusable;
    }
  }

  private static String mainVerticle(JarArchive archive) throws BrokenVerticle, IOException {
    var manifest = archive.manifest();
    var named = manifest == null ? null : manifest.getMainAttributes().getValue(MAIN_VERTICLE);
    if (named == null || named.isBlank()) {
      throw new BrokenVerticle("META-INF/MANIFEST.MF has no " + MAIN_VERTICLE
        + "; add a line such as '" + MAIN_VERTICLE + ": com.example.MyVerticle'");
    }
    var name = named.trim();
    if (name.startsWith("java:")) {
      name = name.substring("java:".length()).trim();
    }
    if (name.isEmpty() || name.indexOf(':') >= 0 || name.indexOf('/') >= 0) {
      throw new BrokenVerticle(MAIN_VERTICLE + " must be the name of a class such as "
        + "com.example.MyVerticle, is '" + named + "'");
    }
    return name;
  }

  private static VerticleDescriptor descriptor(JarArchive archive)
    throws BrokenVerticle, IOException {
    try (var content = archive.open(VerticleDescriptor.FILE)) {
      if (content == null) {
        return VerticleDescriptor.defaults();
      }
      var bytes = content.readNBytes(MAX_DESCRIPTOR_SIZE + 1);
      if (bytes.length > MAX_DESCRIPTOR_SIZE) {
        throw new BrokenVerticle(
          VerticleDescriptor.FILE + " has more than " + MAX_DESCRIPTOR_SIZE + " bytes");
      }
      return VerticleDescriptor.parse(bytes);
    }
  }
}
