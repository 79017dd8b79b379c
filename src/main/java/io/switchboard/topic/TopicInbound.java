package io.switchboard.topic;

import io.switchboard.lane.Lane;
import io.switchboard.message.FrameReader;
import io.switchboard.message.Frames;
import io.switchboard.message.Headers;
import io.switchboard.message.MalformedFrame;
import io.switchboard.message.TopicFrames;
import io.switchboard.trunk.Trunk;

/** Hands what other nodes send for topics to the topic that it is meant for. On the lane. */
final class TopicInbound {
  private final Topics topics;

  TopicInbound(Topics topics) {
    this.topics = topics;
  }

  void receive(Lane lane, Trunk from, int fromLane, byte kind, FrameReader frame) {
    switch (kind) {
      case Frames.EVENT -> event(lane, frame);
      case TopicFrames.GROUP_EVENT -> groupEvent(lane, frame);
      case TopicFrames.KEPT_EVENT, TopicFrames.KEPT_VALUE -> kept(lane, kind, frame);
      case TopicFrames.KEPT_ASK -> {
        var name = frame.readText();
        var topic = topics.known(name);
        topics.sync().answer(lane, from, fromLane, name,
          topic == null ? null : topic.retention(), frame.readLong());
      }
      case TopicFrames.KEPT_END -> topics.sync().ended(frame.readText(), from);
      default -> throw new MalformedFrame("frame kind " + kind);
    }
  }

  private void event(Lane lane, FrameReader frame) {
    var topic = topics.known(frame.readText());
    var key = frame.readText();
    var headers = headers(frame);
    if (topic != null) {
      topic.receive(lane, Event.of(key, frame.readBody(), headers));
    }
  }

  private void groupEvent(Lane lane, FrameReader frame) {
    var topic = topics.known(frame.readText());
    var group = frame.readText();
    var key = frame.readText();
    var tried = TopicFrames.readTried(frame);
    var headers = headers(frame);
    if (topic != null) {
      topic.receive(lane, group, Event.of(key, frame.readBody(), headers), tried);
    }
  }

  private void kept(Lane lane, byte kind, FrameReader frame) {
    int bytes = frame.remaining();
    var topic = topics.known(frame.readText());
    var key = frame.readText();
    long stamp = frame.readLong();
    long origin = frame.readLong();
    var headers = headers(frame);
    if (topic != null) {
      // A copy: a large body shares the memory of its batch, and this one is kept for long.
      var event = Event.of(key, frame.readBody(), headers).kept();
      topic.receive(lane, new RetainedValues.Value(event, stamp, origin, bytes),
        kind == TopicFrames.KEPT_EVENT);
    }
  }

  private static Headers headers(FrameReader frame) {
    return (frame.readUnsignedByte() & Frames.WITH_HEADERS) != 0
      ? frame.readHeaders() : Headers.NONE;
  }
}
