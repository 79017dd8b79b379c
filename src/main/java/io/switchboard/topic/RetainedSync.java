package io.switchboard.topic;

import io.switchboard.lane.Lane;
import io.switchboard.lane.Lanes;
import io.switchboard.message.Body;
import io.switchboard.message.Frames;
import io.switchboard.message.TopicFrames;
import io.switchboard.trunk.Channel;
import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.TrunkListener;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Brings this node the values of retaining topics that others have. Each topic asks one node
 * after another, saying what it has: the first one sends it all, the others nothing, unless a
 * partition has let them differ. Asks on the control lane.
 */
final class RetainedSync implements TrunkListener {
  private static final long AGAIN_MILLIS = 5;
  private static final long LIMIT_MILLIS = 2_000;
  private static final int SLICE = 256;

  private final Vertx vertx;
  private final Lanes lanes;
  private final Trunks trunks;
  private final Map<String, Asking> byTopic = new HashMap<>();

  private static final class Asking {
    private final String topic;
    private final Retention retention;
    private final ArrayDeque<Trunk> toAsk = new ArrayDeque<>();
    private Trunk asked;

    private Asking(String topic, Retention retention) {
      this.topic = topic;
      this.retention = retention;
    }
  }

  RetainedSync(Vertx vertx, Lanes lanes, Trunks trunks) {
    this.vertx = vertx;
    this.lanes = lanes;
    this.trunks = trunks;
  }

  /** A retaining topic has become known here. */
  void begin(String topic, Retention retention) {
    var asking = new Asking(topic, retention);
    byTopic.put(topic, asking);
    asking.toAsk.addAll(trunks.open());
    vertx.setTimer(LIMIT_MILLIS, id -> retention.completed());
    next(asking);
  }

  void forget(String topic) {
    byTopic.remove(topic);
  }

  @Override
  public void onUp(Trunk trunk) {
    for (var asking : byTopic.values()) {
      asking.toAsk.add(trunk);
      if (asking.asked == null) {
        next(asking);
      }
    }
  }

  @Override
  public void onDown(Trunk trunk, String reason) {
    byTopic.values().forEach(asking -> ended(asking, trunk));
  }

  /** The node has sent all that was asked of it. Any lane. */
  void ended(String topic, Trunk trunk) {
    lanes.control().execute(() -> ended(byTopic.get(topic), trunk));
  }

  private void ended(Asking asking, Trunk trunk) {
    if (asking != null && asking.asked == trunk) {
      next(asking);
    }
  }

  private void next(Asking asking) {
    asking.asked = asking.toAsk.poll();
    if (asking.asked == null) {
      asking.retention.completed();
    } else {
      ask(asking, asking.asked);
    }
  }

  private void ask(Asking asking, Trunk trunk) {
    if (asking.asked != trunk || byTopic.get(asking.topic) != asking) {
      return;
    }
    if (!trunk.isOpen()) {
      next(asking);
      return;
    }
    var lane = lanes.control();
    var channel = trunk.channel(lane, trunk.pairedLane(lane));
    var out = channel.begin(TopicFrames.sizeBound(asking.topic));
    if (out == null) {
      vertx.setTimer(AGAIN_MILLIS, id -> lane.execute(() -> ask(asking, trunk)));
      return;
    }
    TopicFrames.appendAsk(out, asking.topic, asking.retention.digest());
    channel.end();
  }

  /** Answers what another node asks; on the lane where it came. */
  void answer(Lane lane, Trunk from, int fromLane, String topic, Retention retention,
    long digest) {
    var values = retention == null || retention.digest() == digest
      ? List.<RetainedValues.Value>of() : retention.all();
    new Answer(lane, from, from.channel(lane, fromLane), topic, values.iterator()).run();
  }

  /** Sends values as the channel has room for them. */
  private final class Answer implements Runnable {
    private final Lane lane;
    private final Trunk to;
    private final Channel channel;
    private final String topic;
    private final Iterator<RetainedValues.Value> values;
    private RetainedValues.Value next;

    private Answer(Lane lane, Trunk to, Channel channel, String topic,
      Iterator<RetainedValues.Value> values) {
      this.lane = lane;
      this.to = to;
      this.channel = channel;
      this.topic = topic;
      this.values = values;
    }

    @Override
    public void run() {
      for (int i = 0; i < SLICE && to.takesAnswers(); i++) {
        if (next == null && !values.hasNext()) {
          TopicFrames.appendEnd(channel.beginAnswer(), topic);
          channel.end();
          return;
        }
        next = next == null ? values.next() : next;
        if (!send(next)) {
          vertx.setTimer(AGAIN_MILLIS, id -> lane.execute(this));
          return;
        }
        next = null;
      }
      if (to.takesAnswers()) {
        lane.execute(this);
      }
    }

    private boolean send(RetainedValues.Value value) {
      var event = value.event();
      var prepared = Body.prepare(event.body());
      var out = channel.begin(
        Frames.sizeBound(topic, event.key(), event.headers(), prepared));
      if (out == null) {
        return false;
      }
      TopicFrames.appendKept(out, TopicFrames.KEPT_VALUE, topic, event.key(), value.stamp(),
        value.origin(), event.headers(), prepared);
      channel.end();
      return true;
    }
  }
}
