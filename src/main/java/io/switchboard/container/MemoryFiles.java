package io.switchboard.container;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** Keeps what the compiler writes in memory; reads from where the given manager does. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
  private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();
  private final List<String> topLevelNames = new ArrayList<>();

  MemoryFiles(JavaFileManager readsFrom) {
    super(readsFrom);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
    Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
    var path = className.replace('.', '/') + kind.extension;
    if (className.indexOf('$') < 0) {
      topLevelNames.add(className);
    }
    return new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {
      @Override
      public OutputStream openOutputStream() {
        var bytes = new ByteArrayOutputStream();
        written.put(path, bytes);
        return bytes;
      }
    };
  }

  /** Bytes by path. */
  Map<String, byte[]> classes() {
    var classes = new LinkedHashMap<String, byte[]>();
    written.forEach((path, bytes) -> classes.put(path, bytes.toByteArray()));
    return classes;
  }

  /** In the order in which the compiler wrote them. */
  List<String> topLevelNames() {
    return List.copyOf(topLevelNames);
  }
}
