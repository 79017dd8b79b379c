package io.switchboard.task;

import io.switchboard.message.FrameReader;
import io.switchboard.message.TaskFrames;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The idempotency keys of one queue: for ten minutes, 100,000 at most, the oldest go first. They
 * are stored in chunks, each removed whole when its last key is too old.
 */
final class IdempotencyWindow {
  static final long WINDOW_MILLIS = 600_000;
  static final int MAX_KEYS = 100_000;
  private static final int CHUNK_KEYS = 2_048;
  private static final long CHUNK_MILLIS = 30_000;
  private static final byte KEY = 1;

  /** What is known of a key: which task it stands for, and a hash of that task's content. */
  record Known(TaskId id, long hash, long atMillis) {
  }

  private static final class Chunk {
    private final Slot slot;
    private final List<String> keys = new ArrayList<>();
    /** How many bytes stand in the slot. */
    private int length;
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis;

    private Chunk(Slot slot) {
      this.slot = slot;
    }
  }

  private final Map<String, Known> known = new LinkedHashMap<>();
  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  private Chunk open;

  int size() {
    return known.size();
  }

  /** Null for a key that was not seen within the window. */
  Known find(String key, long nowMillis) {
    var found = known.get(key);
    return found == null || nowMillis - found.atMillis >= WINDOW_MILLIS ? null : found;
  }

  void add(String key, Known what) {
    known.remove(key);
    known.put(key, what);
  }

  /** The task was not stored after all. */
  void remove(String key) {
    known.remove(key);
  }

  /** How the keys added since the last call are stored; null for no key. */
  Change store(List<String> added, Slot next) {
    if (added.isEmpty()) {
      return null;
    }
    var out = Buffer.buffer();
    long now = 0;
    for (var key : added) {
      var what = known.get(key);
      if (what != null) {
        now = what.atMillis;
        append(out, key, what);
      }
    }
    boolean isNew = open == null || open.keys.size() >= CHUNK_KEYS
      || now - open.firstMillis > CHUNK_MILLIS;
    if (isNew) {
      open = new Chunk(next);
      chunks.add(open);
    }
    note(open, added, now);
    int at = open.length;
    open.length += out.length();
    return isNew ? Change.put(open.slot, out.getBytes())
      : Change.append(open.slot, at, out.getBytes());
  }

  private static void note(Chunk chunk, List<String> keys, long atMillis) {
    chunk.keys.addAll(keys);
    chunk.firstMillis = Math.min(chunk.firstMillis, atMillis);
    chunk.lastMillis = Math.max(chunk.lastMillis, atMillis);
  }

  private static void append(Buffer out, String key, Known what) {
    int start = TaskFrames.begin(out, KEY);
    TaskFrames.text(out, key);
    out.appendLong(what.id.node()).appendLong(what.id.number()).appendLong(what.hash)
      .appendLong(what.atMillis);
    TaskFrames.end(out, start);
  }

  /** Takes in what a former owner stored. */
  void restore(Slot slot, byte[] bytes) {
    var reader = new FrameReader();
    reader.reset(Buffer.buffer(bytes), 0);
    var chunk = new Chunk(slot);
    while (reader.nextFrame() == KEY) {
      var key = reader.readText();
      var what = new Known(new TaskId(reader.readLong(), reader.readLong()),
        reader.readLong(), reader.readLong());
      add(key, what);
      note(chunk, List.of(key), what.atMillis);
    }
    chunks.add(chunk);
  }

  /**
   * Takes in the key of a stored task, after the chunks; true when it stands in none of them: a
   * former owner died between storing the task and storing its key.
   */
  boolean adopt(TaskEntry entry, long nowMillis) {
    if (find(entry.idempotencyKey, nowMillis) != null
      || nowMillis - entry.submittedAt >= WINDOW_MILLIS) {
      return false;
    }
    add(entry.idempotencyKey,
      new Known(entry.id, Submission.hash(entry.content), entry.submittedAt));
    return true;
  }

  /** Forgets what is too old or too much; returns the slots that hold nothing else. */
  List<Slot> expire(long nowMillis) {
    var expired = new ArrayList<Slot>();
    for (var chunk = chunks.peek(); chunk != null && isOver(chunk, nowMillis);
      chunk = chunks.peek()) {
      chunks.poll();
      open = chunk == open ? null : open;
      expired.add(chunk.slot);
      for (var key : chunk.keys) {
        var what = known.get(key);
        if (what != null && what.atMillis <= chunk.lastMillis) {
          known.remove(key);
        }
      }
    }
    return expired;
  }

  private boolean isOver(Chunk chunk, long nowMillis) {
    return nowMillis - chunk.lastMillis >= WINDOW_MILLIS || known.size() > MAX_KEYS;
  }
}
