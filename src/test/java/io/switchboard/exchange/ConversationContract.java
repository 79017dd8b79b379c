package io.switchboard.exchange;

import static io.switchboard.exchange.CallOptions.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.testing.Await;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What streams, dialogues and cancelling promise, whatever link carries them, and on one node. */
abstract class ConversationContract extends LinkContract {
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  ConversationContract(String link) {
    super(link);
  }

  /** The same exchange from the worker's own node and from the other. */
  final List<RequestExchange> fromBothNodes(String name) {
    return List.of(cluster.node(0).requests(name), cluster.node(1).requests(name));
  }

  /** Writes 0, 1, 2 … and heeds a full queue; counts what it wrote. */
  static Future<Void> count(ChunkWriter<Object> chunks, int to, AtomicInteger written) {
    while (written.get() < to && !chunks.writeQueueFull()) {
      chunks.write(written.getAndIncrement());
    }
    if (written.get() == to) {
      return chunks.end();
    }
    Promise<Void> drained = Promise.promise();
    chunks.drainHandler(ready -> drained.tryComplete());
    chunks.exceptionHandler(drained::tryFail);
    return drained.future().compose(ready -> count(chunks, to, written));
  }

  @Test
  void aStreamArrivesInOrderAndEnds() {
    served("count", request ->
      count(request.chunks(), (int) request.body(), new AtomicInteger()));
    for (var count : fromBothNodes("count")) {
      for (int n : List.of(0, 1, 63, 64, 65, 20_000)) {
        assertThat(Streamed.of(count.stream(n)).awaitEnd().chunks())
          .isEqualTo(IntStream.range(0, n).boxed().toList());
      }
    }
  }

  @Test
  void aPlainAnswerToAStreamIsOneChunk() {
    served("plain-answer", request -> Future.succeededFuture("only this"));
    for (var plain : fromBothNodes("plain-answer")) {
      assertThat(Streamed.of(plain.stream("")).awaitEnd().chunks()).containsExactly("only this");
    }
  }

  @Test
  void aHandlerThatReturnsNullEndsTheStreamByItself() {
    served("by-itself", request -> {
      ChunkWriter<Object> chunks = request.chunks();
      cluster.node(1).vertx().setTimer(20, late -> {
        chunks.write("late");
        chunks.end();
      });
      return null;
    });
    for (var exchange : fromBothNodes("by-itself")) {
      assertThat(Streamed.of(exchange.stream("")).awaitEnd().chunks()).containsExactly("late");
    }
  }

  @Test
  void aFailureHalfWayIsNeverAnEnd() {
    served("half", request -> {
      ChunkWriter<Object> chunks = request.chunks();
      chunks.write("first");
      // As pipeTo does it: the destination is ended, then the pipe's future fails.
      return chunks.end().compose(ended -> Future.failedFuture("the disk broke"));
    });
    for (var half : fromBothNodes("half")) {
      var got = Streamed.of(half.stream(""));
      got.assertFailed(FailureCode.WORKER_FAILED, "the disk broke");
      assertThat(got.chunks()).isSubsetOf("first");
    }
  }

  @Test
  void aPausedReceiverStopsTheProducer() {
    var written = new AtomicInteger();
    served("paced", request -> {
      written.set(0);
      return count(request.chunks(), 5_000, written);
    });
    for (var paced : fromBothNodes("paced")) {
      var got = new AtomicInteger();
      var ended = new AtomicReference<>(false);
      var stream = paced.stream("", CallOptions.DEFAULT, StreamOptions.window(16));
      stream.pause().handler(chunk -> got.incrementAndGet()).endHandler(end -> ended.set(true));
      Await.until("the window and the queue are full", () -> written.get() == 16 + 64);
      stream.fetch(8);
      Await.until("eight more", () -> got.get() == 8);
      assertThat(written.get()).isEqualTo(16 + 64);
      stream.fetch(40);
      Await.until("the queue is half empty and filled again", () -> written.get() > 16 + 64);
      assertThat(written.get()).isLessThanOrEqualTo(48 + 16 + 64);
      stream.resume();
      Await.until("the end", ended::get);
      assertThat(got.get()).isEqualTo(5_000);
    }
  }

  @Test
  void aProducerThatDoesNotHeedTheQueueBreaksTheStreamOff() {
    served("heedless", request -> {
      ChunkWriter<Object> chunks = request.chunks();
      for (int i = 0; i < 5_000; i++) {
        chunks.write(i);
      }
      return chunks.end();
    });
    for (var heedless : fromBothNodes("heedless")) {
      var stream = heedless.stream("");
      stream.pause();
      Streamed.of(stream).assertFailed(FailureCode.WORKER_FAILED, "does not keep up");
    }
  }

  @Test
  void cancellingStopsTheProducerAtOnce() {
    var stopped = new AtomicReference<Long>();
    var reason = new AtomicReference<Throwable>();
    servedOneAtATime("endless", request -> {
      request.onCancel(cancelled -> stopped.set(System.nanoTime()));
      ChunkWriter<Object> chunks = request.chunks();
      return count(chunks, Integer.MAX_VALUE, new AtomicInteger()).onFailure(reason::set);
    });
    for (var endless : fromBothNodes("endless")) {
      stopped.set(null);
      reason.set(null);
      var stream = endless.stream("");
      var got = Streamed.of(stream);
      Await.until("chunks flow", () -> got.chunks().size() > 100);
      long begun = System.nanoTime();
      stream.cancel();
      got.assertFailed(FailureCode.CANCELLED, "");
      Await.until("the producer knows", () -> stopped.get() != null && reason.get() != null);
      assertThat(Duration.ofNanos(stopped.get() - begun)).isLessThan(AT_ONCE);
      assertThat(reason.get()).isInstanceOfSatisfying(SwitchboardException.class,
        why -> assertThat(why.code()).isEqualTo(FailureCode.CANCELLED));
    }
  }

  /** A worker with one slot: whoever comes next shows that it was given back. */
  private void servedOneAtATime(String name, Function<Request, Future<?>> handler) {
    Await.result(cluster.node(0).declare(
      name, Kind.REQUEST, new JsonObject().put("prefetch", 1)));
    served(name, handler);
  }

  @Test
  void aGapIsAnErrorAndTheWorkerIsTold() {
    var told = new AtomicReference<Throwable>();
    served("gap", request -> {
      request.onCancel(told::set);
      request.chunks();
      // What a lost batch would look like.
      request.delivery().chunk(0, 1, "a");
      if (request.text().equals("end")) {
        request.delivery().end(2);
      } else {
        request.delivery().chunk(2, 1, "c");
      }
      return Promise.promise().future();
    });
    for (var gap : fromBothNodes("gap")) {
      for (var how : List.of("chunk", "end")) {
        told.set(null);
        Streamed.of(gap.stream(how)).assertFailed(FailureCode.NODE_DOWN, "chunks were lost");
        Await.until("the worker is told", () -> told.get() != null);
      }
    }
  }

  @Test
  void aWorkerOnAThreadOfItsOwnStreamsAsWell() {
    var deployed = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
    var vertx = cluster.node(1).vertx();
    var id = Await.result(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return cluster.node(1).requests("blocking").serve(request ->
          count(request.chunks(), (int) request.body(), new AtomicInteger()));
      }
    }, deployed));
    for (var blocking : fromBothNodes("blocking")) {
      assertThat(Streamed.of(blocking.stream(20_000)).awaitEnd().chunks())
        .isEqualTo(IntStream.range(0, 20_000).boxed().toList());
      var stream = blocking.stream(Integer.MAX_VALUE);
      var got = Streamed.of(stream);
      Await.until("chunks flow", () -> got.chunks().size() > 100);
      stream.cancel();
      got.assertFailed(FailureCode.CANCELLED, "");
    }
    Await.result(vertx.undeploy(id));
  }

  @Test
  void aWorkerThatIsUndeployedBreaksItsStreamsOff() {
    var vertx = cluster.node(1).vertx();
    var id = Await.result(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return cluster.node(1).requests("leaving").serve(request -> {
          request.chunks().write("first");
          return Promise.promise().future();
        });
      }
    }));
    var open = fromBothNodes("leaving").stream().map(each -> Streamed.of(each.stream("")))
      .toList();
    Await.until("both have begun", () -> open.stream()
      .allMatch(each -> each.chunks().equals(List.of("first"))));
    Await.result(vertx.undeploy(id));
    open.forEach(each -> each.assertFailed(FailureCode.WORKER_GONE, "went away"));
  }

  @Test
  void aPlainRequestToAStreamingWorkerIsAConflict() {
    var atWorker = new AtomicReference<Throwable>();
    served("only-chunks", request -> {
      try {
        return request.chunks().end();
      } catch (SwitchboardException refused) {
        atWorker.set(refused);
        throw refused;
      }
    });
    for (var exchange : fromBothNodes("only-chunks")) {
      assertFailure(exchange.request(""), FailureCode.CONFLICT, "stream()");
      Await.until("the worker is told", () -> atWorker.get() != null);
      // The caller may hear of it before the handler does.
      Await.until("the handler is told", () -> atWorker.get() != null);
      assertThat(atWorker.getAndSet(null)).hasMessageContaining("stream()");
    }
  }

  @Test
  void aStreamHasADeadlineWhenItsCallerNamesOne() {
    servedOneAtATime("standing", request -> {
      request.chunks().write("first");
      return Promise.promise().future();
    });
    for (var standing : fromBothNodes("standing")) {
      var got = Streamed.of(standing.stream("", within(Duration.ofMillis(200))));
      got.assertFailed(FailureCode.DEADLINE, "");
    }
  }

  @Test
  void aStreamWithoutATimeoutOutlivesTheExchangesDeadlineWhileItMoves() {
    Await.result(cluster.node(0).declare(
      "brief", Kind.REQUEST, new JsonObject().put("deadline", 300)));
    served("brief", request -> {
      ChunkWriter<Object> chunks = request.chunks();
      var vertx = cluster.node(1).vertx();
      long ticking = vertx.setPeriodic(50, id -> chunks.write("tick"));
      return vertx.timer(900, TimeUnit.MILLISECONDS)
        .onComplete(enough -> vertx.cancelTimer(ticking));
    });
    for (var brief : fromBothNodes("brief")) {
      assertThat(Streamed.of(brief.stream(null)).awaitEnd().chunks()).hasSizeGreaterThan(5);
    }
  }

  @Test
  void aFilePassesThroughAPipe(@TempDir Path folder) throws Exception {
    var source = folder.resolve("source");
    var bytes = new byte[3 << 20];
    new Random(7).nextBytes(bytes);
    Files.write(source, bytes);
    served("files", request -> cluster.node(1).vertx().fileSystem()
      .open(request.text(), new OpenOptions().setRead(true))
      .compose(file -> file.pipeTo(request.<Buffer>chunks())));
    for (var files : fromBothNodes("files")) {
      var target = folder.resolve("target");
      var vertx = cluster.node(0).vertx();
      Promise<Void> done = Promise.promise();
      vertx.runOnContext(ignored -> {
        var stream = files.stream(source.toString());
        stream.pause();
        vertx.fileSystem().open(target.toString(), new OpenOptions())
          .compose(file -> stream.buffers().pipeTo(file)).onComplete(done);
      });
      Await.result(done.future());
      assertThat(Files.readAllBytes(target)).isEqualTo(bytes);
      Files.delete(target);
    }
  }

  @Test
  void aFailedStreamFailsItsPipeAndLeavesTheDestinationOpen() {
    served("broken-source", request -> {
      request.chunks().write(Buffer.buffer("half"));
      return Future.failedFuture("broken");
    });
    var sink = new RecordingSink();
    var piped = cluster.node(0).requests("broken-source").stream("").buffers().pipeTo(sink);
    assertFailure(piped, FailureCode.WORKER_FAILED, "broken");
    assertThat(sink.ended()).isFalse();
  }

  @Test
  void aRequestCanBeGivenUp() {
    var told = new CopyOnWriteArrayList<FailureCode>();
    var taken = new AtomicInteger();
    servedOneAtATime("slow", request -> {
      taken.incrementAndGet();
      request.onCancel(why -> told.add(why.code()));
      return Promise.promise().future();
    });
    for (var slow : fromBothNodes("slow")) {
      told.clear();
      taken.set(0);
      var open = slow.open("", CallOptions.DEFAULT);
      Await.until("it is in hand", () -> taken.get() == 1);
      var behind = slow.open("", CallOptions.DEFAULT);
      var last = slow.open("", CallOptions.DEFAULT);
      behind.cancel();
      assertFailure(behind.reply(), FailureCode.CANCELLED, "cancelled");
      open.cancel();
      assertFailure(open.reply(), FailureCode.CANCELLED, "cancelled");
      Await.until("the worker is told, and takes the next but one", () -> taken.get() == 2
        && told.equals(List.of(FailureCode.CANCELLED)));
      last.cancel();
      assertFailure(last.reply(), FailureCode.CANCELLED, "cancelled");
      Await.until("it is told again", () -> told.size() == 2);
    }
  }
}
