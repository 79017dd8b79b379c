package io.switchboard.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneTest {
  private static final int PARTS = 100;
  private static final long PART_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Vertx vertx;
  private Vertx outside;
  private Lanes lanes;
  private volatile int done;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    outside = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    lanes = Await.result(Lanes.start(vertx));
  }

  @AfterEach
  void stop() {
    Await.result(Future.join(lanes.stop(), vertx.close(), outside.close()));
  }

  @Test
  void whatIsReadGetsInBetweenThePartsOfLongWork() {
    var server = Await.result(vertx.createNetServer().connectHandler(socket ->
      socket.handler(asked -> socket.write(Buffer.buffer().appendInt(done))))
      .listen(0, "127.0.0.1"));
    var client = outside.createNetClient();
    var socket = Await.result(client.connect(server.actualPort(), "127.0.0.1"));
    assertThat(ask(socket)).isZero();
    Promise<Void> finished = Promise.promise();
    lanes.control().execute(() -> part(finished));
    Await.until("it has begun", () -> done > 0);
    assertThat(ask(socket)).isBetween(1, PARTS - 1);
    Await.result(finished.future());
    assertThat(done).isEqualTo(PARTS);
  }

  private static int ask(NetSocket socket) {
    Promise<Integer> answer = Promise.promise();
    socket.handler(answered -> answer.tryComplete(answered.getInt(0)));
    socket.write("?");
    return Await.result(answer.future());
  }

  private void part(Promise<Void> finished) {
    long end = System.nanoTime() + PART_NANOS;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    done++;
    if (done < PARTS) {
      lanes.control().executeLater(() -> part(finished));
    } else {
      finished.complete();
    }
  }
}
