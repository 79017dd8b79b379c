package io.switchboard.topic;

import io.switchboard.routing.Hash;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The last value of each key of a topic, the one changed longest ago first. Of two values the
 * one with the higher stamp stands, on every node the same one. Bounded in keys and bytes; what
 * is beyond goes in that order. Pure, not thread-safe.
 */
final class RetainedValues {
  /** Stamps of one millisecond; the clock leaves room for as many before it runs ahead. */
  private static final int STAMPS_PER_MILLI = 1 << 10;

  private final int maxKeys;
  private final long maxBytes;
  private final LinkedHashMap<String, Value> byKey = new LinkedHashMap<>();
  private long bytes;
  private long digest;
  private long lastStamp;

  /**
   * A value and its place among those of its key.
   *
   * @param stamp  higher than every stamp that its publisher's node had seen
   * @param origin the publisher's node, to settle a tie
   * @param bytes  how much it counts towards the bound
   */
  record Value(Event event, long stamp, long origin, int bytes) {
    private boolean isNewerThan(Value other) {
      return stamp != other.stamp ? stamp > other.stamp : origin > other.origin;
    }

    private long digest() {
      return Hash.mix(Hash.of(event.key()) + Hash.mix(stamp) + origin);
    }
  }

  RetainedValues(int maxKeys, long maxBytes) {
    this.maxKeys = maxKeys;
    this.maxBytes = maxBytes;
  }

  /**
   * A stamp for a new value. It follows the wall clock only so that a node which has not yet
   * heard from the others does not fall far behind them.
   */
  long nextStamp(long nowMillis) {
    lastStamp = Math.max(lastStamp + 1, nowMillis * STAMPS_PER_MILLI);
    return lastStamp;
  }

  /** False, and nothing is changed, when a newer value or this very one is there. */
  boolean put(Value value) {
    lastStamp = Math.max(lastStamp, value.stamp);
    var key = value.event.key();
    var before = byKey.get(key);
    if (before != null && !value.isNewerThan(before)) {
      return false;
    }
    if (before != null) {
      remove(key);
    }
    byKey.put(key, value);
    bytes += value.bytes;
    digest ^= value.digest();
    while (byKey.size() > maxKeys || bytes > maxBytes) {
      remove(byKey.keySet().iterator().next());
    }
    return true;
  }

  private void remove(String key) {
    var gone = byKey.remove(key);
    bytes -= gone.bytes;
    digest ^= gone.digest();
  }

  /** All that there are now. */
  List<Value> all() {
    return List.copyOf(byKey.values());
  }

  /** The same for the same values, in whatever order they came. */
  long digest() {
    return digest;
  }
}
