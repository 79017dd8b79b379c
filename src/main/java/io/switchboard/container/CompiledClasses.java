package io.switchboard.container;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;

/** Classes that were compiled into memory. */
final class CompiledClasses implements ClassArchive {
  private final Map<String, byte[]> classes;

  /** @param classes bytes by path */
  CompiledClasses(Map<String, byte[]> classes) {
    this.classes = Map.copyOf(classes);
  }

  @Override
  public InputStream open(String path) {
    var bytes = classes.get(path);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  public boolean contains(String path) {
    return classes.containsKey(path);
  }

  @Override
  public void close() {
    // Nothing is held but memory, which goes with the loader.
  }
}
