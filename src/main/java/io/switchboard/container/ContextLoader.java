package io.switchboard.container;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;

/**
 * The context class loader of a verticle's threads: its class loader, until it is undeployed.
 * Threads of the shared pools that happen to be started by a verticle keep their first context
 * class loader for ever, and so does Vert.x for a deployment that failed; what they keep is then
 * this small object, not the verticle's classes.
 */
final class ContextLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private volatile ClassLoader loader;

  ContextLoader(VerticleClassLoader loader) {
    super(loader.getName(), loader.getParent());
    this.loader = loader;
  }

  /** From now on the node's class loader answers. */
  void detach() {
    loader = getParent();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return loader.loadClass(name);
  }

  @Override
  public URL getResource(String path) {
    return loader.getResource(path);
  }

  @Override
  public Enumeration<URL> getResources(String path) throws IOException {
    return loader.getResources(path);
  }
}
