package io.switchboard.it;

import io.switchboard.testing.CompiledJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Verticles that the tests deploy, from their sources. */
final class Sources {
  private Sources() {
  }

  /**
   * Puts the verticle into the directory as a jar: a node that had to compile it would need
   * half as long again to start.
   */
  static void deploy(Path folder, String className, String source) throws IOException {
    Files.write(folder.resolve(className + ".jar"),
      CompiledJar.of(className, Map.of(className, source), Map.of()));
  }

  /** Puts a worker into the directory whose handler is the expression over {@code request}. */
  static void worker(Path folder, String className, String exchange, String handler)
    throws IOException {
    deploy(folder, className, """
      import io.switchboard.Switchboard;
      import io.vertx.core.Future;
      import io.vertx.core.Promise;
      import io.vertx.core.VerticleBase;

      public class %s extends VerticleBase {
        @Override
        public Future<?> start() {
          return Switchboard.of(vertx).requests("%s").serve(request -> %s);
        }
      }
      """.formatted(className, exchange, handler));
  }
}
