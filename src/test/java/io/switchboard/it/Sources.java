package io.switchboard.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Verticle sources that the tests deploy. */
final class Sources {
  private Sources() {
  }

  /** Puts a worker into the directory whose handler is the expression over {@code request}. */
  static void worker(Path folder, String className, String exchange, String handler)
    throws IOException {
    Files.writeString(folder.resolve(className + ".java"), """
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
