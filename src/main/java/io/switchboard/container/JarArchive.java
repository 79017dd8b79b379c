package io.switchboard.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private copy of a jar. The file in the directory may be overwritten in place at any moment,
 * while classes of the running version are still to be read from it; the copy cannot.
 */
final class JarArchive implements ClassArchive {
  private static final Logger LOG = LoggerFactory.getLogger(JarArchive.class);

  private final JarFile jar;
  private final Path copy;

  private JarArchive(JarFile jar, Path copy) {
    this.jar = jar;
    this.copy = copy;
  }

  /** Copies and opens the jar; throws ZipException when it is none. */
  static JarArchive copyOf(Path file) throws IOException {
    var copy = Files.createTempFile("switchboard-verticle-", ".jar");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      var jar = new JarFile(copy.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
      unlinkWhileOpen(copy);
      return new JarArchive(jar, copy);
    } catch (IOException | RuntimeException unusable) {
      Files.deleteIfExists(copy);
      throw unusable;
    }
  }

  /** So that even a killed node leaves no copy behind, where the system allows it. */
  private static void unlinkWhileOpen(Path copy) {
    try {
      Files.delete(copy);
    } catch (IOException openFilesStay) {
      LOG.debug("{} stays until its verticle is undeployed", copy, openFilesStay);
    }
  }

  /** Null when the jar has none. */
  Manifest manifest() throws IOException {
    return jar.getManifest();
  }

  @Override
  public InputStream open(String path) throws IOException {
    try {
      var entry = jar.getJarEntry(path);
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IllegalStateException closed) {
      throw new IOException("the verticle version that this belongs to is gone", closed);
    }
  }

  @Override
  public boolean contains(String path) {
    try {
      return jar.getJarEntry(path) != null;
    } catch (IllegalStateException closed) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      jar.close();
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}
