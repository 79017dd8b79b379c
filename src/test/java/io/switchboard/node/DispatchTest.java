package io.switchboard.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.lane.Lane;
import io.switchboard.message.CollectFrames;
import io.switchboard.message.ConversationFrames;
import io.switchboard.message.FragmentFrames;
import io.switchboard.message.FrameReader;
import io.switchboard.message.Frames;
import io.switchboard.message.TaskFrames;
import io.switchboard.message.TopicFrames;
import io.switchboard.trunk.FrameReceiver;
import io.switchboard.trunk.Trunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private static final List<Byte> OF_REQUESTS = List.of(Frames.CALL, Frames.REPLY,
    Frames.FAILURE, FragmentFrames.FINISHED, ConversationFrames.CANCEL,
    ConversationFrames.CREDIT, ConversationFrames.CHUNK, ConversationFrames.END,
    ConversationFrames.QUESTION, ConversationFrames.ANSWER, ConversationFrames.REFUSAL);

  private final List<Byte> received = new ArrayList<>();
  private final List<Byte> refused = new ArrayList<>();
  private final Dispatch dispatch = new Dispatch(new FrameReceiver() {
    @Override
    public void receive(Lane lane, Trunk from, int fromLane, byte kind, FrameReader frame) {
      received.add(kind);
    }

    @Override
    public void refused(
      Lane lane, Trunk from, int fromLane, byte kind, FrameReader beginning) {
      refused.add(kind);
    }
  }, null, null, null);

  @Test
  void theFramesOfRequestsAreTaken() {
    OF_REQUESTS.forEach(kind -> dispatch.receive(null, null, 0, kind, null));
    assertThat(received).isEqualTo(OF_REQUESTS);
  }

  @Test
  void aLargeRequestForWhichThereWasNoMemoryIsToldOf() {
    dispatch.refused(null, null, 0, Frames.CALL, null);
    assertThat(refused).containsExactly(Frames.CALL);
  }

  @Test
  void aFrameBelongsToOneKindOfExchange() {
    for (int number = Byte.MIN_VALUE; number <= Byte.MAX_VALUE; number++) {
      byte kind = (byte) number;
      int takers = (TopicFrames.isKind(kind) ? 1 : 0) + (CollectFrames.isKind(kind) ? 1 : 0)
        + (TaskFrames.isKind(kind) ? 1 : 0) + (OF_REQUESTS.contains(kind) ? 1 : 0);
      assertThat(takers).as("takers of frame kind %d", kind).isLessThanOrEqualTo(1);
    }
  }
}
