package io.switchboard.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.lane.Lane;
import io.switchboard.lane.Lanes;
import io.switchboard.message.FrameReader;
import io.switchboard.message.Headers;
import io.switchboard.message.TaskFrames;
import io.switchboard.task.store.MemoryStore;
import io.switchboard.testing.Await;
import io.switchboard.trunk.FrameReceiver;
import io.switchboard.trunk.Trunk;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one that leases tasks tells their owner, whose answers are the test's. */
class PullTest implements FrameReceiver {
  private static final String EXCHANGE = "work";
  private static final long WORKER = 3;
  private static final long WAIT = TimeUnit.SECONDS.toNanos(60);

  private final List<TaskAttachment> attached = new CopyOnWriteArrayList<>();
  private final List<TaskVerdict> said = new CopyOnWriteArrayList<>();
  private final List<Long> unanswered = new CopyOnWriteArrayList<>();
  private volatile int detached;
  private Vertx vertx;
  private Lanes lanes;
  private LaneTasks home;
  private Pull pull;
  private Future<List<Task>> pulled;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    lanes = Await.result(Lanes.start(vertx));
    home = new LaneTasks(lanes.control(), this, new Owners(null, new MemoryStore(true)), null,
      name -> true, new Standstill(System.nanoTime()));
    pull = new Pull(EXCHANGE, WORKER, 4, 60_000, home);
    Promise<Void> started = Promise.promise();
    home.lane().execute(() -> {
      pulled = pull.start(WAIT);
      started.complete();
    });
    Await.result(started.future());
    Await.until("it is attached", () -> attached.size() == 1);
  }

  @AfterEach
  void stop() {
    Await.result(lanes.stop());
    Await.result(vertx.close());
  }

  /** This node should own every queue. */
  @Override
  public void receive(Lane lane, Trunk from, int fromLane, byte kind, FrameReader frame) {
    if (kind == TaskFrames.ROLL) {
      return;
    }
    frame.readText();
    unanswered.add(frame.readLong());
    switch (kind) {
      case TaskFrames.ATTACH -> attached.add(TaskAttachment.read(frame));
      case TaskFrames.DETACH -> detached++;
      default -> said.add(TaskVerdict.read(frame));
    }
  }

  private void give(byte kind, Consumer<Buffer> fields) {
    var out = Buffer.buffer();
    int start = TaskFrames.begin(out, kind);
    fields.accept(out);
    TaskFrames.end(out, start);
    var reader = new FrameReader();
    reader.reset(out, 0);
    reader.nextFrame();
    home.lane().execute(() -> home.receive(null, 0, kind, reader));
  }

  private void giveTask(int epoch, int number) {
    give(TaskFrames.TASK, out -> out.appendLong(WORKER).appendLong(1).appendLong(number)
      .appendLong(((long) epoch << 32) + number).appendInt(1).appendByte((byte) 4)
      .appendLong(60_000).appendByte((byte) 0)
      .appendBytes(TaskFrames.content(Headers.NONE, number)));
  }

  private void giveFilled(int epoch) {
    give(TaskFrames.FILLED, out -> out.appendLong(WORKER).appendLong(epoch));
  }

  private void answerAll() {
    var all = List.copyOf(unanswered);
    unanswered.removeAll(all);
    all.forEach(correlation -> give(TaskFrames.OUTCOME,
      out -> out.appendLong(correlation).appendByte((byte) Operations.DONE)));
  }

  private void awaitOwner(int epoch) {
    int before = attached.size();
    home.lane().execute(() -> home.owned(EXCHANGE, null, epoch));
    Await.until("it has attached again", () -> attached.size() > before);
  }

  private boolean isKnown() {
    Promise<Boolean> known = Promise.promise();
    home.lane().execute(() -> known.complete(!home.holdingsAt(EXCHANGE).isEmpty()));
    return Await.result(known.future());
  }

  @Test
  void onceFilledItTakesNoMoreOfALaterOwner() {
    answerAll();
    giveTask(1, 7);
    giveFilled(1);
    assertThat(Await.result(pulled)).hasSize(1);
    assertThat(detached).isZero();
    awaitOwner(2);
    assertThat(attached.get(0).isClosed()).isFalse();
    assertThat(attached.get(1).isClosed()).isTrue();
    assertThat(attached.get(1).held()).hasSize(1);
    answerAll();
    var ack = pulled.result().get(0).ack();
    Await.until("the ack", () -> said.size() == 1);
    answerAll();
    Await.result(ack);
    Await.until("it is forgotten", () -> !isKnown());
  }

  @Test
  void whatItHasWhenAnotherOwnerComesIsAllItTakes() {
    answerAll();
    giveTask(1, 7);
    awaitOwner(2);
    assertThat(Await.result(pulled)).hasSize(1);
    assertThat(attached.get(1).isClosed()).isTrue();
  }

  @Test
  void whatAFormerOwnerSaysLateIsNothing() {
    answerAll();
    awaitOwner(2);
    giveTask(1, 7);
    giveFilled(1);
    giveTask(2, 8);
    giveFilled(2);
    assertThat(Await.result(pulled)).extracting(Task::body).containsExactly(8);
    assertThat(attached.get(1).isClosed()).isFalse();
  }

  @Test
  void whatComesWhenItIsOverGoesBackUntilTheOwnerKnows() {
    giveTask(1, 7);
    giveFilled(1);
    assertThat(Await.result(pulled)).hasSize(1);
    Await.until("it says that it leaves", () -> detached == 1);
    giveTask(1, 8);
    Await.until("the second is given back", () -> said.size() == 1);
    assertThat(said.get(0).verdict()).isEqualTo(Verdict.RETURN);
    pulled.result().get(0).giveBack();
    Await.until("the first is, too", () -> said.size() == 2);
    assertThat(isKnown()).isTrue();
    answerAll();
    Await.until("it is forgotten", () -> !isKnown());
  }

  @Test
  void whoWaitsIsToldAlsoWhereTheOwnerIsSilent() {
    home.lane().execute(pull::giveUp);
    assertThat(Await.result(pulled)).isEmpty();
    assertThat(detached).isEqualTo(1);
    giveTask(1, 7);
    Await.until("what comes yet is given back", () -> said.size() == 1);
    answerAll();
    Await.until("it is forgotten", () -> !isKnown());
  }

  @Test
  void whatBecomesOfALeaseByItsTokenIsKnownHere() {
    answerAll();
    giveTask(1, 7);
    giveFilled(1);
    var task = Await.result(pulled).get(0);
    long until = task.heldUntilNanos();
    give(TaskFrames.LEASE, out -> out.appendLong(WORKER).appendLong(task.tokenNumber())
      .appendLong(3_600_000));
    Await.until("the lease is longer", () -> task.heldUntilNanos() > until);
    give(TaskFrames.LEASE,
      out -> out.appendLong(WORKER).appendLong(task.tokenNumber()).appendLong(0));
    Await.until("it is forgotten", () -> !isKnown());
  }
}
