package io.switchboard.node;

import io.switchboard.collect.Collects;
import io.switchboard.lane.Lane;
import io.switchboard.message.CollectFrames;
import io.switchboard.message.FrameReader;
import io.switchboard.message.TaskFrames;
import io.switchboard.message.TopicFrames;
import io.switchboard.task.Tasks;
import io.switchboard.topic.Topics;
import io.switchboard.trunk.FrameReceiver;
import io.switchboard.trunk.Trunk;

/** Takes each frame to the kind of exchange that it belongs to, by ranges of their numbers. */
record Dispatch(FrameReceiver requests, Topics topics, Collects collects, Tasks tasks)
  implements FrameReceiver {

  @Override
  public void receive(Lane lane, Trunk from, int fromLane, byte kind, FrameReader frame) {
    if (TopicFrames.isKind(kind)) {
      topics.receive(lane, from, fromLane, kind, frame);
    } else if (CollectFrames.isKind(kind)) {
      collects.receive(lane, from, fromLane, kind, frame);
    } else if (TaskFrames.isKind(kind)) {
      tasks.receive(lane, from, fromLane, kind, frame);
    } else {
      requests.receive(lane, from, fromLane, kind, frame);
    }
  }

  /** Of what is refused only a request has somebody who waits for word of it. */
  @Override
  public void refused(
    Lane lane, Trunk from, int fromLane, byte kind, FrameReader beginning) {
    requests.refused(lane, from, fromLane, kind, beginning);
  }
}
