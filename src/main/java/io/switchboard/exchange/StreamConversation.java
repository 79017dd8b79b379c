package io.switchboard.exchange;

import io.switchboard.lane.Lane;
import io.switchboard.message.CallMode;
import io.switchboard.message.ConversationFrames;
import io.switchboard.message.FailureCode;
import io.switchboard.trunk.Channel;

/** The receiving lane's side of a stream: the order of its chunks, its credit, its idle limit. */
final class StreamConversation extends Conversation {
  private final ReplyStream stream;
  private final StreamOptions options;
  private int received;
  private Conversations countedIn;
  private long idleNanos;
  private boolean ended;
  private boolean moved;

  StreamConversation(CallMode mode, ReplyStream stream, StreamOptions options) {
    super(mode);
    this.stream = stream;
    this.options = options;
  }

  @Override
  boolean admitted(PendingCall starting) {
    idleNanos = starting.deadlineNanos - System.nanoTime();
    var conversations = starting.calls.conversations();
    if (!conversations.openStream()) {
      return false;
    }
    countedIn = conversations;
    return true;
  }

  @Override
  void handedTo(LocalDelivery delivery) {
    super.handedTo(delivery);
    delivery.creditChunks = options.chunks();
    delivery.creditBytes = options.bytes();
  }

  @Override
  void sentTo(Channel channel, long correlation) {
    super.sentTo(channel, correlation);
    ConversationFrames.appendCredit(
      channel.beginAnswer(), correlation, options.chunks(), options.bytes());
    channel.end();
  }

  @Override
  void chunk(int number, int weight, Object body) {
    if (number != received) {
      gap("chunk " + number + " came where " + received + " was due");
      return;
    }
    received++;
    moved = true;
    stream.received(body, weight);
  }

  @Override
  void ended(int chunks) {
    if (chunks != received) {
      gap("the end came after " + received + " of " + chunks + " chunks");
      return;
    }
    ended = true;
    call().calls.reply(call(), null, null);
  }

  private void gap(String what) {
    end(FailureCode.NODE_DOWN, "chunks were lost on the way: " + what);
  }

  /** True when the worker has ended the stream; false for a plain answer. */
  boolean hasEnded() {
    return ended;
  }

  /** The receiver has taken so much. Any thread. */
  void taken(int chunks, int bytes) {
    if (Lane.current() == lane()) {
      takenOnLane(chunks, bytes);
    } else {
      lane().execute(() -> takenOnLane(chunks, bytes));
    }
  }

  private void takenOnLane(int chunks, int bytes) {
    moved = true;
    grant(chunks, bytes);
  }

  /** A long stream goes on while it moves, or while its receiver has something left to take. */
  @Override
  boolean onDeadline() {
    if (mode() != CallMode.LONG_STREAM) {
      return false;
    }
    if (moved || stream.hasUnread()) {
      moved = false;
      lane().schedule(call(), System.nanoTime() + idleNanos);
      return true;
    }
    end(FailureCode.DEADLINE, "nothing came for as long as the stream may stand still");
    return true;
  }

  @Override
  void settled() {
    if (countedIn != null) {
      countedIn.streamClosed();
    }
  }
}
