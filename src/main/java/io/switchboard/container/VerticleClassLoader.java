package io.switchboard.container;

import java.io.Closeable;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The classes of one version of one verticle file. Its own classes and resources come first, so
 * that two verticles may bring different versions of a library; the JDK and the shared packages
 * come from the node. Once closed it defines no more classes and serves no more resources.
 */
final class VerticleClassLoader extends ClassLoader implements Closeable {
  static {
    registerAsParallelCapable();
  }

  private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();

  private final ClassArchive archive;
  private final SharedPackages shared;
  private final ArchiveUrls urls;
  private final ProtectionDomain domain;
  private final ContextLoader forThreads;

  /** @param parent the node's class loader */
  VerticleClassLoader(
    Path file, ClassArchive archive, SharedPackages shared, ClassLoader parent) {
    super(file.getFileName().toString(), parent);
    this.archive = archive;
    this.shared = shared;
    this.urls = new ArchiveUrls(archive, file);
    this.domain = domainOf(file);
    this.forThreads = new ContextLoader(this);
  }

  /**
   * A domain that does not name this loader: every thread started from a verticle remembers the
   * domains of its callers, and would hold the loader for as long as it lives.
   */
  private static ProtectionDomain domainOf(Path file) {
    try {
      var source = new CodeSource(file.toUri().toURL(), (Certificate[]) null);
      var permissions = new Permissions();
      permissions.add(new AllPermission());
      return new ProtectionDomain(source, permissions);
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(file.toString(), impossible);
    }
  }

  /** Stands for this loader, until it is closed, as the context class loader of threads. */
  ClassLoader forThreads() {
    return forThreads;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      var loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = shared.hasClass(name) ? super.loadClass(name, false) : loadOwnFirst(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  private Class<?> loadOwnFirst(String name) throws ClassNotFoundException {
    if (!archive.contains(pathOf(name))) {
      return getParent().loadClass(name);
    }
    try {
      return JDK.loadClass(name);
    } catch (ClassNotFoundException notOfTheJdk) {
      return findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (var content = archive.open(pathOf(name))) {
      if (content == null) {
        throw new ClassNotFoundException(name);
      }
      var bytes = content.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length, domain);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  /** A class that the file itself brings; null when it brings none of that name. */
  Class<?> ownClass(String name) {
    if (!archive.contains(pathOf(name))) {
      return null;
    }
    try {
      var type = loadClass(name, false);
      return type.getClassLoader() == this ? type : null;
    } catch (ClassNotFoundException | LinkageError unusable) {
      return null;
    }
  }

  private static String pathOf(String className) {
    return className.replace('.', '/') + ".class";
  }

  @Override
  public URL getResource(String path) {
    var own = findResource(path);
    if (own == null || shared.hasResource(path)) {
      var parents = getParent().getResource(path);
      return parents == null ? own : parents;
    }
    return own;
  }

  @Override
  public Enumeration<URL> getResources(String path) throws IOException {
    var found = new ArrayList<URL>();
    found.addAll(Collections.list(findResources(path)));
    found.addAll(Collections.list(getParent().getResources(path)));
    return Collections.enumeration(found);
  }

  @Override
  protected URL findResource(String path) {
    return archive.contains(path) ? urls.of(path) : null;
  }

  @Override
  protected Enumeration<URL> findResources(String path) {
    var own = findResource(path);
    return Collections.enumeration(own == null ? List.of() : List.of(own));
  }

  /** Idempotent. Classes that are loaded already stay usable. */
  @Override
  public void close() throws IOException {
    forThreads.detach();
    archive.close();
  }
}
