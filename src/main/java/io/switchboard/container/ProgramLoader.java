package io.switchboard.container;

import io.vertx.core.Deployable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.tools.JavaCompiler;

/** Makes verticle instances of a file. Stateless; everything here blocks. */
final class ProgramLoader {
  private final JarReader jars = new JarReader();
  private final SourceReader sources;
  private final SharedPackages shared;
  private final int maxFileSize;

  ProgramLoader(SharedPackages shared, int maxFileSize, Supplier<JavaCompiler> compilers) {
    this.sources = new SourceReader(compilers);
    this.shared = shared;
    this.maxFileSize = maxFileSize;
  }

  /**
   * Reads the file, loads its main class in a new class loader and creates the instances. When
   * this fails nothing stays open.
   */
  LoadedVerticle load(Path file) throws BrokenVerticle, IOException {
    long size = Files.size(file);
    if (size > maxFileSize) {
      throw new BrokenVerticle(
        "has " + size + " bytes; verticles.maxFileSize allows " + maxFileSize);
    }
    var program = file.toString().endsWith(".jar") ? jars.read(file) : sources.read(file);
    var loader = new VerticleClassLoader(
      file, program.archive(), shared, ProgramLoader.class.getClassLoader());
    try {
      var instances = instances(program, loader);
      return new LoadedVerticle(loader, instances, program.descriptor());
    } catch (LinkageError | ClassNotFoundException unloadable) {
      loader.close();
      throw new BrokenVerticle("cannot be loaded: " + unloadable, unloadable);
    } catch (BrokenVerticle | RuntimeException unusable) {
      loader.close();
      throw unusable;
    }
  }

  private static List<Deployable> instances(Program program, VerticleClassLoader loader)
    throws BrokenVerticle, ClassNotFoundException {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader.forThreads());
    try {
      var type = mainClass(program, loader);
      var instances = new ArrayList<Deployable>();
      for (int i = 0; i < program.descriptor().instances(); i++) {
        instances.add(newInstance(type));
      }
      return instances;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Class<? extends Deployable> mainClass(Program program, ClassLoader loader)
    throws BrokenVerticle, ClassNotFoundException {
    for (var name : program.candidates()) {
      var type = loader.loadClass(name);
      if (Deployable.class.isAssignableFrom(type) && Modifier.isPublic(type.getModifiers())
        && !Modifier.isAbstract(type.getModifiers())) {
        return type.asSubclass(Deployable.class);
      }
    }
    throw new BrokenVerticle("no verticle in " + String.join(", ", program.candidates())
      + ": the class must be public, not abstract, and extend VerticleBase or AbstractVerticle "
      + "or implement Deployable");
  }

  private static Deployable newInstance(Class<? extends Deployable> type)
    throws BrokenVerticle {
    try {
      return type.getConstructor().newInstance();
    } catch (NoSuchMethodException missing) {
      throw new BrokenVerticle(
        type.getName() + " needs a public constructor without parameters", missing);
    } catch (InvocationTargetException failed) {
      var reason = failed.getCause();
      throw new BrokenVerticle(
        "the constructor of " + type.getName() + " failed: " + reason, reason);
    } catch (InstantiationException | IllegalAccessException notAllowed) {
      throw new BrokenVerticle(type.getName() + " cannot be created: " + notAllowed, notAllowed);
    }
  }
}
