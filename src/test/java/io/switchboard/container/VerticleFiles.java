package io.switchboard.container;

import io.switchboard.testing.CompiledJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Makes verticle sources and jars on the fly. */
final class VerticleFiles {
  private VerticleFiles() {
  }

  /** The source of a verticle that answers requests at an address with a text. */
  static String answering(String className, String address, String answer) {
    return """
      import io.vertx.core.Future;
      import io.vertx.core.VerticleBase;
      public class %s extends VerticleBase {
        @Override
        public Future<?> start() {
          return vertx.eventBus()
            .consumer("%s", message -> message.reply(%s)).completion();
        }
      }
      """.formatted(className, address, answer);
  }

  /** A jar with the sources compiled into it; files by class name and path. */
  static byte[] jar(String mainVerticle, Map<String, String> sources, Map<String, String> files)
    throws IOException {
    return CompiledJar.of(mainVerticle, sources, files);
  }

  static byte[] jar(String mainVerticle, String source) throws IOException {
    return jar(mainVerticle, Map.of(mainVerticle, source), Map.of());
  }

  /** Puts a file in place as a careful tool does: written elsewhere, then moved. */
  static void put(Path target, byte[] content) throws IOException {
    var beside = target.resolveSibling("." + target.getFileName());
    Files.write(beside, content);
    Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
  }

  static void put(Path target, String content) throws IOException {
    put(target, content.getBytes());
  }
}
