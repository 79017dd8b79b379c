package io.switchboard.it;

import java.io.IOException;
import java.nio.file.Path;

/** A verticle whose workers write down what they are given and what becomes of it. */
final class TaskRecorder {
  static final int PREFETCH = 16;

  private static final String SOURCE = """
    import io.switchboard.Switchboard;
    import io.switchboard.task.Task;
    import io.switchboard.task.WorkOptions;
    import io.vertx.core.Future;
    import io.vertx.core.VerticleBase;
    import java.io.FileWriter;
    import java.io.IOException;
    import java.io.UncheckedIOException;
    import java.time.Instant;
    import java.time.temporal.ChronoUnit;
    import java.util.List;

    public class Recorder extends VerticleBase {
      @Override
      public Future<?> start() throws IOException {
        var all = List.of(%EXCHANGES%).stream().map(this::record).toList();
        return Future.all(all);
      }

      private Future<?> record(String exchange) {
        try {
          var folder = new java.io.File("%FOLDER%", exchange);
          folder.mkdirs();
          var board = Switchboard.of(vertx);
          var log = new FileWriter(new java.io.File(
            folder, board.nodeName() + "-" + ProcessHandle.current().pid()), true);
          return board.tasks(exchange).work(WorkOptions.prefetch(%PREFETCH%).manual(), task -> {
            write(log, "delivered", task);
            // Where tasks are to be held, others must see that it is their second time.
            boolean holds = exchange.startsWith("held") && task.attempt() == 1;
            vertx.setTimer(holds ? 4_000 : 40, id -> ack(log, task));
            return null;
          });
        } catch (IOException broken) {
          throw new UncheckedIOException(broken);
        }
      }

      private void ack(FileWriter log, Task task) {
        write(log, "spoken", task);
        task.ack().onComplete(
          stored -> write(log, "acked", task),
          refusal -> write(log, isInDoubt(refusal) ? "doubted" : "refused", task));
      }

      /** The task is done, and nobody knows whether it was done here. */
      private static boolean isInDoubt(Throwable refusal) {
        return refusal.getMessage().contains("node stood still");
      }

      private static void write(FileWriter log, String event, Task task) {
        try {
          log.write(event + " " + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + " "
            + task.body() + " " + task.id() + " " + task.token() + "\\n");
          log.flush();
        } catch (IOException broken) {
          throw new UncheckedIOException(broken);
        }
      }
    }
    """;

  private TaskRecorder() {
  }

  /** A folder for verticles with a recorder in it, which writes below {@code logs/EXCHANGE}. */
  static Path verticles(Path logs, String... exchanges) throws IOException {
    var folder = FatJarCluster.verticleFolder();
    Sources.deploy(folder, "Recorder", SOURCE
      .replace("%EXCHANGES%", "\"" + String.join("\", \"", exchanges) + "\"")
      .replace("%FOLDER%", logs.toString())
      .replace("%PREFETCH%", String.valueOf(PREFETCH)));
    return folder;
  }
}
