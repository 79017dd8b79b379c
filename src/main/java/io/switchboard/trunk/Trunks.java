package io.switchboard.trunk;

import io.switchboard.lane.Lane;
import io.switchboard.lane.Lanes;
import io.switchboard.message.FragmentFrames;
import io.switchboard.message.FrameReader;
import io.switchboard.message.MalformedFrame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All trunks of this node: they appear when peers greet and are kept for as long as they live. */
public final class Trunks {
  private static final Logger LOG = LoggerFactory.getLogger(Trunks.class);
  private static final long LOG_EVERY = 1_000;
  /** How long a goodbye waits for what was sent before it. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Lanes lanes;
  private final TrunkOptions options;
  private final Links link;
  private final Watch watch;
  private final Fences fences;
  private final List<TrunkListener> listeners = new CopyOnWriteArrayList<>();
  private final FrameReader[] readers;
  private final LongAdder malformed = new LongAdder();
  private final LargeMemory largeMemory = new LargeMemory(Runtime.getRuntime().maxMemory());
  private volatile Peer self;
  private volatile FrameReceiver receiver;
  private volatile Trunk[] byNumber = new Trunk[1];
  private volatile Map<Long, Trunk> byIncarnation = Map.of();
  private int lastSession;

  /**
   * @param host       the address to listen on
   * @param reachedAt  how others reach that address
   * @param attributes what this node says of itself beside its name
   */
  public Trunks(Vertx vertx, Lanes lanes, String name, String host, String reachedAt,
    JsonObject attributes, TrunkOptions options) {
    this.lanes = lanes;
    this.options = options;
    long incarnation = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    self = new Peer(name, incarnation, lanes.count(), reachedAt, List.of(),
      System.currentTimeMillis(), attributes);
    link = new Links(options.link(), new SocketLink(vertx, lanes, host, () -> incarnation),
      new EventBusLink(vertx, lanes, self));
    watch = new Watch(this, lanes, options, new EventBusControl(vertx, incarnation));
    fences = new Fences(this, lanes);
    listeners.add(fences);
    readers = new FrameReader[lanes.count()];
    Arrays.setAll(readers, i -> new FrameReader());
  }

  /** Listens to peers and greets them. Listeners must have been added before. */
  public Future<Void> start(FrameReceiver frames) {
    receiver = frames;
    return link.open(this::receive).compose(opened -> onControl(() -> {
      describeSelf(self.attributes());
      return watch.start();
    }));
  }

  /** Says GOODBYE to every peer, behind what was sent to it, and takes nothing more. */
  public Future<Void> stop() {
    return settled(FAREWELL).eventually(() -> onControl(watch::stop)).eventually(link::close);
  }

  /**
   * Completes when what was sent to the peers in reach has arrived there, and what they had sent
   * by then has arrived here; at the limit at the latest. Any thread.
   */
  public Future<Void> settled(Duration limit) {
    return onControl(() -> fences.settled(limit));
  }

  private Future<Void> onControl(Supplier<Future<Void>> action) {
    Promise<Void> done = Promise.promise();
    lanes.control().execute(() -> action.get().onComplete(done));
    return done.future();
  }

  /** Before {@link #start}; called in the order in which they were added. */
  public void addListener(TrunkListener listener) {
    listeners.add(listener);
  }

  List<TrunkListener> listeners() {
    return listeners;
  }

  /** What this node says of itself. */
  public Peer self() {
    return self;
  }

  /** Changes what this node says of itself and tells every peer. Any thread. */
  public void describe(JsonObject attributes) {
    lanes.control().execute(() -> {
      describeSelf(attributes);
      watch.greetAgain();
    });
  }

  private void describeSelf(JsonObject attributes) {
    self = new Peer(self.name(), self.incarnation(), self.lanes(), self.host(), link.ports(),
      self.startedAt(), attributes);
  }

  /** The trunk of that number. */
  public Trunk get(int number) {
    return byNumber[number];
  }

  /** Every trunk that is not gone, in the order of first meeting. */
  public List<Trunk> all() {
    return Arrays.stream(byNumber).filter(t -> t != null && t.state() != Trunk.State.GONE)
      .toList();
  }

  /** The trunks on which messages can be sent now. */
  public List<Trunk> open() {
    return all().stream().filter(Trunk::isOpen).toList();
  }

  /** Sends a control message of the cluster's own. On the control lane. */
  public void tell(Trunk trunk, String type, JsonObject content) {
    watch.send(trunk, type, content);
  }

  /** Batches and frames that were dropped because they were not of this protocol. */
  public long malformed() {
    return malformed.sum();
  }

  /** On the control lane. */
  int nextSession() {
    return ++lastSession;
  }

  Trunk byIncarnation(long incarnation) {
    return byIncarnation.get(incarnation);
  }

  Trunk add(Peer peer) {
    var numbered = Arrays.copyOf(byNumber, byNumber.length + 1);
    var trunk = new Trunk(byNumber.length, peer, this, lanes.count());
    numbered[trunk.number()] = trunk;
    var named = new HashMap<>(byIncarnation);
    named.put(peer.incarnation(), trunk);
    byNumber = numbered;
    byIncarnation = Map.copyOf(named);
    return trunk;
  }

  void remove(Trunk trunk) {
    var numbered = byNumber.clone();
    numbered[trunk.number()] = null;
    var named = new HashMap<>(byIncarnation);
    named.remove(trunk.peer().incarnation());
    byIncarnation = Map.copyOf(named);
    byNumber = numbered;
  }

  /** On that lane, which has just lost its way to the peer. */
  void tellLane(Trunk trunk, Lane lane, Throwable cause) {
    var reason = Watch.reason(cause);
    listeners.forEach(listener -> listener.onLost(trunk, lane, reason));
  }

  void linkFailed(Trunk trunk, Throwable cause) {
    lanes.control().execute(() -> watch.unreachable(trunk, cause));
  }

  /** Drops what is under way to a peer, on every lane. */
  void resetChannels(Trunk trunk) {
    forEachChannel(trunk, Channel::reset);
  }

  /**
   * Lets every lane confirm what it owes, and finds channels that nobody confirms.
   *
   * @param slept what the peer has confirmed since then has not been read yet
   */
  void settleChannels(Trunk trunk, boolean slept) {
    long patience = options.silence().toNanos();
    forEachChannel(trunk, channel -> {
      channel.settle();
      if (slept) {
        channel.expectProgress();
      }
      if (channel.isStuck(System.nanoTime(), patience)) {
        linkFailed(trunk, new IllegalStateException("batches are not confirmed"));
      }
    });
  }

  private void forEachChannel(Trunk trunk, Consumer<Channel> action) {
    for (int i = 0; i < lanes.count(); i++) {
      var lane = lanes.get(i);
      lane.execute(() -> {
        for (var channel : trunk.channelsOf(lane)) {
          if (channel != null) {
            action.accept(channel);
          }
        }
      });
    }
  }

  Channel newChannel(Trunk trunk, Lane lane, int peerLane) {
    int maxBytes = Math.max(options.batchBytes(), options.creditBytes() / lanes.count());
    int maxMessages = options.creditMessages();
    var way = link.to(trunk.peer(), peerLane, cause -> trunk.linkFailed(lane, cause));
    return new Channel(trunk, lane, way, self.incarnation(),
      new Credit(maxBytes, maxMessages), maxBytes, maxMessages, options.batchBytes(),
      largeMemory);
  }

  private void receive(Lane lane, Buffer batch) {
    try {
      BatchHeader.check(batch);
      var trunk = byIncarnation.get(BatchHeader.incarnation(batch));
      int fromLane = BatchHeader.fromLane(batch);
      if (trunk == null || fromLane >= trunk.peer().lanes()) {
        throw new MalformedFrame("a batch of a node that has not greeted");
      }
      var channel = trunk.channel(lane, fromLane);
      channel.received(
        BatchHeader.number(batch), BatchHeader.confirmed(batch), batch.length());
      var reader = readers[lane.index()];
      reader.reset(batch, BatchHeader.LENGTH);
      for (byte kind = reader.nextFrame(); kind != 0; kind = reader.nextFrame()) {
        switch (kind) {
          case FragmentFrames.BEGIN -> begin(lane, trunk, fromLane, channel, reader);
          case FragmentFrames.PART -> {
            channel.arriving().part(reader.readInt(), reader.sliceRest());
            deliverComplete(lane, trunk, fromLane, channel);
          }
          default -> deliver(lane, trunk, fromLane, kind, reader);
        }
      }
    } catch (MalformedFrame | IndexOutOfBoundsException reason) {
      malformed.increment();
      if (malformed.sum() % LOG_EVERY == 1) {
        LOG.warn("Dropped {} batches that were not understood, the last one because: {}",
          malformed.sum(), reason.getMessage());
      }
    }
  }

  private void begin(
    Lane lane, Trunk trunk, int fromLane, Channel channel, FrameReader reader) {
    int number = reader.readInt();
    int length = reader.readInt();
    var first = reader.sliceRest();
    if (channel.arriving().begin(number, length, first)) {
      deliverComplete(lane, trunk, fromLane, channel);
      return;
    }
    var beginning = new FrameReader();
    receiver.refused(lane, trunk, fromLane, beginning.resetToBeginning(first), beginning);
  }

  private void deliverComplete(Lane lane, Trunk trunk, int fromLane, Channel channel) {
    var frame = channel.arriving().takeComplete();
    if (frame != null) {
      var reader = new FrameReader();
      reader.reset(frame, 0);
      deliver(lane, trunk, fromLane, reader.nextFrame(), reader);
    }
  }

  private void deliver(Lane lane, Trunk trunk, int fromLane, byte kind, FrameReader reader) {
    if (kind == FragmentFrames.FENCE) {
      fences.arrived(trunk, reader.readInt(), reader.readUnsignedByte() == 1);
    } else {
      receiver.receive(lane, trunk, fromLane, kind, reader);
    }
  }
}
