package io.switchboard.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.testing.Await;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneTest {
  private static final int PARTS = 100;
  private static final int SOON = 10;

  private Vertx vertx;
  private Lanes lanes;
  private int done;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    lanes = Await.result(Lanes.start(vertx));
  }

  @AfterEach
  void stop() {
    Await.result(lanes.stop());
    Await.result(vertx.close());
  }

  @Test
  void whatIsReadGetsInBetweenThePartsOfLongWork() throws IOException {
    List<Integer> readAfter = new CopyOnWriteArrayList<>();
    var server = Await.result(vertx.createNetServer()
      .connectHandler(socket -> socket.handler(bytes -> readAfter.add(done)))
      .listen(0, "127.0.0.1"));
    try (var socket = new Socket("127.0.0.1", server.actualPort())) {
      write(socket);
      Await.until("it is connected", () -> readAfter.size() == 1);
      Promise<Void> finished = Promise.promise();
      lanes.control().execute(() -> part(socket, finished));
      Await.result(finished.future());
    }
    assertThat(readAfter).hasSize(2).satisfies(counts ->
      assertThat(counts.get(1)).isBetween(1, SOON));
  }

  @Test
  void oneThatThrowsDoesNotStandInTheWayOfOthers() {
    var lane = lanes.control();
    List<Integer> ran = new CopyOnWriteArrayList<>();
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    vertx.exceptionHandler(thrown::add);
    lane.context().exceptionHandler(thrown::add);
    Runnable broken = () -> {
      throw new IllegalStateException("broken");
    };
    lane.execute(() -> {
      lane.execute(broken);
      lane.execute(() -> ran.add(1));
      lane.atEndOfTick(() -> ran.add(2));
      lane.atEndOfTick(broken);
      lane.atEndOfTick(() -> ran.add(3));
      lane.atEndOfTick(() -> lane.atEndOfTick(() -> ran.add(4)));
    });
    Await.until("all have run", () -> ran.size() == 4 && thrown.size() == 2);
    assertThat(ran).containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  private void part(Socket socket, Promise<Void> finished) {
    done++;
    if (done == 1) {
      write(socket);
    }
    if (done < PARTS) {
      lanes.control().executeLater(() -> part(socket, finished));
    } else {
      finished.complete();
    }
  }

  private static void write(Socket socket) {
    try {
      socket.getOutputStream().write('?');
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
