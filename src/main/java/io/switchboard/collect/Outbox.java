package io.switchboard.collect;

import io.switchboard.lane.Lane;
import io.switchboard.message.CollectFrames;
import io.switchboard.trunk.Trunk;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node emits to one exchange, on its way to the active collector. Any thread puts
 * entries in; they leave by one lane, so that they stay in order. While nobody collects, they
 * wait.
 */
final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final CollectExchange exchange;
  private final Collects collects;
  private final Lane lane;
  private final EmitBuffer<Buffer> buffer;
  private final AtomicBoolean drainScheduled = new AtomicBoolean();
  private final Runnable drain = this::drain;

  /** The active collector that entries go to; null while there is none. */
  private Claim to;
  private Trunk trunk;
  /** The number of the collector's own trunk to this node: it counts entries anew on another. */
  private int collectorsTrunk;
  private Collector here;
  private long lastReceived;
  private long lastSent;
  private volatile Begun begun = new Begun(Epoch.NONE, 0);

  /** The epoch that this node sends in, and how many the change to it lost. */
  private record Begun(Epoch epoch, long lost) {
  }

  Outbox(CollectExchange exchange, Collects collects, BufferBounds bounds) {
    this.exchange = exchange;
    this.collects = collects;
    var lanes = collects.lanes();
    this.lane = lanes.get(Math.floorMod(exchange.name().hashCode(), lanes.count()));
    this.buffer = new EmitBuffer<>(bounds, exchange.figures()::dropped);
  }

  /** Takes an entry; false when it is refused. Any thread. */
  boolean offer(Buffer content) {
    if (!buffer.offer(content, CollectFrames.entrySize(content))) {
      return false;
    }
    if (!drainScheduled.get() && drainScheduled.compareAndSet(false, true)) {
      lane.execute(drain);
    }
    return true;
  }

  /** The exchange was declared anew. Any thread. */
  void bounds(BufferBounds bounds) {
    buffer.bounds(bounds);
  }

  /** How many entries are held. Any thread. */
  int size() {
    return buffer.size();
  }

  /** The bytes of what is held. Any thread. */
  long bytes() {
    return buffer.bytes();
  }

  /** The epoch that this node sends in, or sent in last. Any thread. */
  Epoch epoch() {
    return begun.epoch;
  }

  /** Forgets all entries; they count as lost. Any thread. */
  void discard() {
    lane.execute(() -> {
      int count = buffer.clear();
      exchange.figures().lost(count);
      LOG.warn("{} entries of exchange {}, which was deleted, had no collector and are gone",
        count, exchange.name());
    });
  }

  /**
   * How many entries of this node a change to that epoch loses at most, or has lost. Any thread.
   *
   * @param released the last epoch that ended with a hand-over: nothing of it is in doubt
   */
  long lostBy(Epoch epoch, Epoch released) {
    // In this order: when the epoch is still the old one, what was in doubt was so in that one.
    int inDoubt = buffer.inDoubt();
    var now = begun;
    if (now.epoch.equals(epoch)) {
      return now.lost;
    }
    return now.epoch.equals(released) ? 0 : inDoubt;
  }

  /**
   * The active collector, as it says itself now and then.
   *
   * @param from     null for this node
   * @param number   that of the collector's trunk to this node; 0 for this node
   * @param received how many of this node's entries have arrived there in this epoch
   * @param done     how many of them are done
   */
  void active(Claim claim, Trunk from, int number, long received, long done) {
    lane.execute(() -> {
      int order = claim.epoch().compareTo(begun.epoch);
      if (order > 0 || order == 0 && to != null && number != collectorsTrunk) {
        begin(claim, from, number);
      } else if (order == 0 && to != null) {
        trunk = from;
        buffer.taken(done);
        resendWhatIsMissing(received);
      }
      drain();
    });
  }

  /** A new epoch, or the same after the collector had given this node up. */
  private void begin(Claim claim, Trunk from, int number) {
    long lost = buffer.begin();
    exchange.figures().lost(lost);
    if (begun.epoch.equals(claim.epoch())) {
      lost += begun.lost;
    }
    to = claim;
    trunk = from;
    collectorsTrunk = number;
    here = from == null ? collects.collector(claim.worker()) : null;
    lastReceived = 0;
    lastSent = 0;
    begun = new Begun(claim.epoch(), lost);
  }

  /** Nothing has moved since the last time although something was under way: it was lost. */
  private void resendWhatIsMissing(long received) {
    if (received == lastReceived && lastSent > received) {
      buffer.rewind(received);
    }
    lastReceived = received;
    lastSent = buffer.number();
  }

  /** The collector has left in order; what follows that number is for the next one. */
  void released(Epoch epoch, long taken) {
    lane.execute(() -> {
      if (to != null && begun.epoch.equals(epoch)) {
        buffer.taken(taken);
        buffer.giveBack();
        to = null;
      }
    });
  }

  /** Everything up to that number is done. On the lane. */
  void taken(long epoch, long number) {
    if (to != null && begun.epoch.number() == epoch) {
      buffer.taken(number);
      drain();
    }
  }

  /** The same from a collector of this node. Any thread. */
  void takenHere(long epoch, long number) {
    if (Lane.current() == lane) {
      taken(epoch, number);
    } else {
      lane.execute(() -> taken(epoch, number));
    }
  }

  private void drain() {
    drainScheduled.set(false);
    if (to == null) {
      return;
    }
    for (var held = buffer.next(); held != null; held = buffer.next()) {
      if (!send(held)) {
        // The next sign of the collector, 100 ms from now at most, starts it again.
        buffer.unsend();
        return;
      }
    }
  }

  private boolean send(EmitBuffer.Held<Buffer> held) {
    long number = buffer.number();
    long epoch = begun.epoch.number();
    var collector = here;
    if (trunk == null) {
      if (collector == null) {
        return false;
      }
      if (collector.home() == lane) {
        collector.receive(epoch, number, held.dropped(), held.content());
      } else {
        collector.home().execute(
          () -> collector.receive(epoch, number, held.dropped(), held.content()));
      }
      return true;
    }
    if (!trunk.isOpen()) {
      return false;
    }
    var channel = trunk.channel(lane, to.lane() % trunk.peer().lanes());
    var out = channel.begin(CollectFrames.entrySize(held.content()));
    if (out == null) {
      return false;
    }
    CollectFrames.appendEntry(
      out, to.worker(), epoch, number, held.dropped(), held.content());
    channel.end();
    return true;
  }
}
