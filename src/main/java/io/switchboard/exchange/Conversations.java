package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.ConversationFrames;
import io.switchboard.message.FailureCode;
import io.switchboard.message.FrameReader;
import io.switchboard.message.Frames;
import io.switchboard.message.Headers;
import io.switchboard.message.MalformedFrame;
import io.switchboard.message.SwitchboardException;
import io.switchboard.trunk.Trunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of one lane that may go on beyond one question and one answer, from both sides:
 * those that other nodes have made here, and what workers of other nodes say to those made
 * from here. On that lane's thread.
 */
final class Conversations {
  /** The most conversations that other nodes hold with workers of one lane. */
  static final int MAX = 1 << 16;
  /** The most streams that are open from one lane. */
  static final int MAX_STREAMS = 1_024;

  private final Lane lane;
  private final Calls calls;
  private final Map<Key, RemoteDelivery> held = new HashMap<>();
  /** Broken off when the caller was out of reach, who may not know. */
  private final List<Key> lost = new ArrayList<>();
  private int streams;

  /** What both sides know a conversation by. */
  record Key(int trunk, int fromLane, long correlation) {
  }

  Conversations(Lane lane, Calls calls) {
    this.lane = lane;
    this.calls = calls;
  }

  /** False when too many are held. */
  boolean hold(RemoteDelivery delivery) {
    if (held.size() >= MAX) {
      return false;
    }
    held.put(delivery.key(), delivery);
    delivery.knownTo(this);
    return true;
  }

  void remove(RemoteDelivery delivery) {
    held.remove(delivery.key());
  }

  /** False when too many streams are open. */
  boolean openStream() {
    if (streams >= MAX_STREAMS) {
      return false;
    }
    streams++;
    return true;
  }

  void streamClosed() {
    streams--;
  }

  void receive(Trunk from, int fromLane, byte kind, FrameReader frame) {
    long correlation = frame.readLong();
    switch (kind) {
      case ConversationFrames.CHUNK, ConversationFrames.END, ConversationFrames.QUESTION -> {
        var call = calls.find(correlation);
        if (call != null && call.conversation != null) {
          fromWorker(call.conversation, kind, frame);
        }
      }
      case ConversationFrames.CANCEL, ConversationFrames.CREDIT, ConversationFrames.ANSWER,
        ConversationFrames.REFUSAL -> {
        var delivery = held.get(new Key(from.number(), fromLane, correlation));
        if (delivery != null) {
          fromCaller(delivery, kind, frame);
        }
      }
      default -> throw new MalformedFrame("frame kind " + kind);
    }
  }

  private static void fromWorker(Conversation conversation, byte kind, FrameReader frame) {
    int number = frame.readInt();
    switch (kind) {
      case ConversationFrames.CHUNK ->
        conversation.chunk(number, frame.readInt(), frame.readBody());
      case ConversationFrames.END -> conversation.ended(number);
      default -> {
        int remaining = frame.readInt();
        var headers = headers(frame);
        conversation.asked(
          new Question(frame.readBody(), headers, number, remaining, conversation));
      }
    }
  }

  private static void fromCaller(RemoteDelivery delivery, byte kind, FrameReader frame) {
    switch (kind) {
      case ConversationFrames.CANCEL -> delivery.worker().cancel(delivery, cancelled());
      case ConversationFrames.CREDIT -> delivery.credit(frame.readInt(), frame.readInt());
      default -> {
        var question = delivery.takeQuestion(frame.readInt());
        if (question != null) {
          answer(question, kind, frame);
        }
      }
    }
  }

  private static void answer(OpenQuestion question, byte kind, FrameReader frame) {
    if (kind == ConversationFrames.ANSWER) {
      var headers = headers(frame);
      question.answer(frame.readBody(), headers);
    } else {
      var code = FailureCode.of(frame.readUnsignedByte()).orElse(FailureCode.CANCELLED);
      question.fail(new SwitchboardException(code, frame.readText()));
    }
  }

  private static Headers headers(FrameReader frame) {
    return (frame.readUnsignedByte() & Frames.WITH_HEADERS) != 0
      ? frame.readHeaders() : Headers.NONE;
  }

  static SwitchboardException cancelled() {
    return new SwitchboardException(FailureCode.CANCELLED, "the caller has cancelled");
  }

  /** Whoever works for a caller of that node is told. */
  void nodeDown(Trunk trunk, String reason) {
    var why = new SwitchboardException(FailureCode.NODE_DOWN,
      "node " + trunk.peer().name() + ", whose caller waited, went away: " + reason);
    for (var delivery : List.copyOf(held.values())) {
      if (delivery.key().trunk() == trunk.number()) {
        delivery.worker().cancel(delivery, why);
        remove(delivery);
        if (lost.size() < MAX) {
          lost.add(delivery.key());
        }
      }
    }
    if (trunk.state() == Trunk.State.GONE) {
      lost.removeIf(key -> key.trunk == trunk.number());
    }
  }

  /** A node that was only out of reach is told what was broken off meanwhile. */
  void nodeUp(Trunk trunk) {
    lost.removeIf(key -> {
      boolean there = key.trunk == trunk.number();
      if (there) {
        RemoteDelivery.fail(lane, trunk, key.fromLane, key.correlation,
          FailureCode.NODE_DOWN, "the nodes were out of each other's reach in the middle of it");
      }
      return there;
    });
  }
}
