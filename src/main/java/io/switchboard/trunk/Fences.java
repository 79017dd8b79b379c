package io.switchboard.trunk;

import io.switchboard.lane.Lane;
import io.switchboard.lane.Lanes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds out when everything that was sent has arrived, which no control message can tell, since
 * those take another way. A fence goes into every channel behind all that is there, and a control
 * message says how many these were; a peer that has met them all puts as many into its own
 * channels. The fences are the markers of Chandy and Lamport, "Distributed Snapshots" (1985). On
 * the control lane.
 */
final class Fences implements TrunkListener {
  private static final String FENCED = "fenced";
  private static final String NUMBER = "number";
  private static final String COUNT = "count";
  private static final String ANSWER = "answer";

  private final Trunks trunks;
  private final Lanes lanes;
  private final Map<Key, Line> lines = new HashMap<>();
  private int lastNumber;

  /** @param answer the fences are the peer's answer to ours of that number */
  private record Key(Trunk trunk, int number, boolean answer) {
  }

  /** The fences of one peer. */
  private static final class Line {
    private int met;
    private int count = Integer.MAX_VALUE;
    private final Promise<Void> passed = Promise.promise();
  }

  Fences(Trunks trunks, Lanes lanes) {
    this.trunks = trunks;
    this.lanes = lanes;
  }

  /** See {@link Trunks#settled}. */
  Future<Void> settled(Duration limit) {
    int number = ++lastNumber;
    var passed = trunks.open().stream().map(trunk -> {
      var line = new Line();
      lines.put(new Key(trunk, number, true), line);
      put(trunk, number, false);
      return line.passed.future();
    }).toList();
    Promise<Void> done = Promise.promise();
    var vertx = lanes.control().context().owner();
    long timer = vertx.setTimer(Math.max(1, limit.toMillis()), id -> {
      lines.keySet().removeIf(key -> key.answer && key.number == number);
      done.tryComplete();
    });
    Future.join(passed).onComplete(all -> {
      vertx.cancelTimer(timer);
      done.tryComplete();
    });
    return done.future();
  }

  private void put(Trunk trunk, int number, boolean answer) {
    var counts = lanes.all().stream().map(lane -> put(trunk, lane, number, answer)).toList();
    Future.all(counts).onSuccess(put -> lanes.control().execute(() ->
      trunks.tell(trunk, FENCED, new JsonObject().put(NUMBER, number).put(ANSWER, answer)
        .put(COUNT, put.<Integer>list().stream().mapToInt(Integer::intValue).sum()))));
  }

  private static Future<Integer> put(Trunk trunk, Lane lane, int number, boolean answer) {
    Promise<Integer> count = Promise.promise();
    lane.execute(() -> {
      int fences = 0;
      for (var channel : trunk.channelsOf(lane)) {
        fences += channel == null ? 0 : channel.fence(number, answer);
      }
      count.complete(fences);
    });
    return count.future();
  }

  /** A fence has come. On the lane that it came to. */
  void arrived(Trunk trunk, int number, boolean answer) {
    lanes.control().execute(() -> change(new Key(trunk, number, answer), line -> line.met++));
  }

  @Override
  public void onControl(Trunk trunk, String type, JsonObject content) {
    if (type.equals(FENCED)) {
      change(new Key(trunk, content.getInteger(NUMBER), content.getBoolean(ANSWER)),
        line -> line.count = content.getInteger(COUNT));
    }
  }

  private void change(Key key, Consumer<Line> change) {
    // An answer that nobody waits for any more comes too late.
    var line = key.answer ? lines.get(key) : lines.computeIfAbsent(key, absent -> new Line());
    if (line == null) {
      return;
    }
    change.accept(line);
    if (line.met < line.count) {
      return;
    }
    lines.remove(key);
    if (key.answer) {
      line.passed.complete();
    } else {
      put(key.trunk, key.number, true);
    }
  }

  @Override
  public void onDown(Trunk trunk, String reason) {
    var its = List.copyOf(lines.keySet()).stream().filter(key -> key.trunk == trunk).toList();
    its.forEach(key -> lines.remove(key).passed.complete());
  }
}
