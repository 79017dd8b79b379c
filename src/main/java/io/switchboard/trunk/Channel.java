package io.switchboard.trunk;

import io.switchboard.lane.Lane;
import io.switchboard.message.FragmentFrames;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;

/**
 * Between one of this node's lanes and one of a peer's: frames go out in batches, under credit,
 * in order. The first frame of a tick schedules the flush at the end of that tick; what comes
 * meanwhile rides along. A large frame leaves in pieces between them, and only frames of the
 * same order wait for it. On its lane's thread only.
 */
public final class Channel {
  /** The order of frames that may be overtaken by others and may overtake them. */
  public static final long ANY_ORDER = Long.MIN_VALUE;
  /** The order of frames for which none was named. */
  private static final long COMMON_ORDER = Long.MAX_VALUE;
  private static final int SMALLEST_BATCH = 256;
  /** What is received is confirmed after so many bytes at the latest. */
  private static final int CONFIRM_AFTER = 128 << 10;
  /** A large frame has at least so many pieces under way at once. */
  private static final int LEAST_PIECES = 4;

  private final Trunk trunk;
  private final Lane lane;
  private final Link.Way way;
  private final long selfIncarnation;
  private final Credit credit;
  private final int maxBytes;
  private final int maxMessages;
  private final int batchBytes;
  private final int pieceWindow;
  private final LargeFrames large;
  private final Reassembly arriving;
  private final Runnable flush = this::flush;

  private final ArrayDeque<Sealed> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private int waitingMessages;
  private Buffer batch;
  private int batchMessages;
  private int expectedBytes = SMALLEST_BATCH;
  private boolean flushScheduled;
  private int frameStart;
  private Buffer apart;
  private long order;
  private int lastPiece;

  private int nextNumber = 1;
  private int lastReceived;
  private int owedBytes;
  private boolean owes;
  private long lastProgressNanos;
  private int resets;

  private record Sealed(Buffer batch, int messages) {
  }

  Channel(Trunk trunk, Lane lane, Link.Way way, long selfIncarnation, Credit credit,
    int maxBytes, int maxMessages, int batchBytes, LargeMemory memory) {
    this.trunk = trunk;
    this.lane = lane;
    this.way = way;
    this.selfIncarnation = selfIncarnation;
    this.credit = credit;
    this.maxBytes = maxBytes;
    this.maxMessages = maxMessages;
    this.batchBytes = batchBytes;
    pieceWindow = Math.max(LEAST_PIECES * FragmentFrames.MAX_PIECE, maxBytes / 4);
    large = new LargeFrames(maxMessages);
    arriving = new Reassembly(lane.context(), memory);
  }

  /** {@link #begin(int, long)} for a frame that keeps its place among others of this kind. */
  public Buffer begin(int sizeBound) {
    return begin(sizeBound, COMMON_ORDER);
  }

  /**
   * Where to append one frame, to be followed by {@link #end}; null when too much waits
   * already. The frame must not be larger than the bound that is given here.
   *
   * @param order frames of one order arrive as they were appended, whatever their size
   */
  public Buffer begin(int sizeBound, long order) {
    if (sizeBound > LargeFrames.WHOLE || large.holds(order)) {
      return large.hasRoom(sizeBound) ? openApart(order) : null;
    }
    if (waitingMessages + batchMessages > 0 && (waitingMessages + batchMessages >= maxMessages
      || waitingBytes + (batch == null ? 0 : batch.length()) + sizeBound > maxBytes)) {
      return null;
    }
    return open(sizeBound, order);
  }

  /** Like {@link #begin}, for what must not be refused because its request was accepted. */
  public Buffer beginAnswer() {
    return large.holds(COMMON_ORDER) ? openApart(COMMON_ORDER) : open(0, COMMON_ORDER);
  }

  /**
   * The same for an answer that may overtake others; null when so much waits for the peer that
   * even an answer of that size has no room.
   */
  public Buffer beginAnswer(int sizeBound) {
    if (sizeBound > LargeFrames.WHOLE) {
      return large.hasRoom(sizeBound) ? openApart(ANY_ORDER) : null;
    }
    return waitingBytes + sizeBound > LargeFrames.MAX_BYTES ? null : open(sizeBound, ANY_ORDER);
  }

  private Buffer open(int sizeBound, long ofOrder) {
    if (batch != null && batch.length() + sizeBound > batchBytes + BatchHeader.LENGTH
      && batchMessages > 0) {
      seal();
      sendAllowed();
    }
    if (batch == null) {
      batch = BatchHeader.begin(
        Math.max(expectedBytes, BatchHeader.LENGTH + sizeBound), lane.index(), selfIncarnation);
    }
    frameStart = batch.length();
    order = ofOrder;
    return batch;
  }

  private Buffer openApart(long ofOrder) {
    apart = Buffer.buffer(SMALLEST_BATCH);
    order = ofOrder;
    return apart;
  }

  /** {@link #end(Buffer)} of a frame that was appended as a whole. */
  public void end() {
    end(null);
  }

  /**
   * Ends the frame that was appended to {@link #begin}'s buffer.
   *
   * @param tail the frame's last bytes, which are not copied and must not be changed until they
   *             are sent; null when it has no such bytes
   */
  public void end(Buffer tail) {
    if (apart != null) {
      large.add(apart, tail, order, 0);
      apart = null;
      scheduleFlush();
      return;
    }
    if (tail != null) {
      batch.appendBuffer(tail);
    }
    if (batch.length() - frameStart > LargeFrames.WHOLE) {
      moveApart();
      return;
    }
    batchMessages++;
    if (batch.length() >= batchBytes) {
      seal();
      sendAllowed();
    } else {
      scheduleFlush();
    }
  }

  /** The frame was larger than anybody knew when it was begun. */
  private void moveApart() {
    var frames = batch.slice(0, frameStart);
    large.add(batch.slice(frameStart, batch.length()), null, order, 0);
    batch = frames;
    if (batchMessages > 0) {
      seal();
    }
    batch = null;
    scheduleFlush();
  }

  /** Puts fences behind all that waits here; returns how many will arrive. */
  int fence(int number, boolean answer) {
    FragmentFrames.appendFence(open(0, COMMON_ORDER), number, answer);
    end();
    if (large.isEmpty()) {
      return 1;
    }
    FragmentFrames.appendFence(openApart(COMMON_ORDER), number, answer);
    end();
    return 2;
  }

  /** How many bytes wait here for credit or for the end of the tick. */
  public long waitingBytes() {
    return waitingBytes + (batch == null ? 0 : batch.length()) + large.bytes();
  }

  private void scheduleFlush() {
    if (!flushScheduled) {
      flushScheduled = true;
      lane.atEndOfTick(flush);
    }
  }

  private void flush() {
    flushScheduled = false;
    if (batchMessages > 0) {
      seal();
    }
    sendAllowed();
    if (owes && owedBytes >= confirmAfter()) {
      sendConfirmation();
    }
  }

  private void seal() {
    waiting.add(new Sealed(batch, batchMessages));
    waitingBytes += batch.length();
    waitingMessages += batchMessages;
    expectBatchesLike(batch.length());
    batch = null;
    batchMessages = 0;
  }

  /** Growing costs a copy of all that is there, too much room only some clearing. */
  private void expectBatchesLike(int bytes) {
    int roomy = bytes + bytes / 4;
    expectedBytes = roomy > expectedBytes ? Math.min(roomy, batchBytes + SMALLEST_BATCH)
      : Math.max(SMALLEST_BATCH, expectedBytes - (expectedBytes - roomy) / 8);
  }

  private int confirmAfter() {
    return Math.min(CONFIRM_AFTER, maxBytes / 4);
  }

  /** Small frames first; then, in turn with them, one piece of a large one. */
  private void sendAllowed() {
    do {
      sendWaiting();
    } while (sendPiece());
  }

  private void sendWaiting() {
    while (!waiting.isEmpty()) {
      var next = waiting.peek();
      if (!credit.allows(next.batch.length(), next.messages)) {
        return;
      }
      waiting.remove();
      waitingBytes -= next.batch.length();
      waitingMessages -= next.messages;
      send(next.batch, next.messages);
    }
  }

  private boolean sendPiece() {
    if (large.isEmpty()) {
      return false;
    }
    int length =
      BatchHeader.LENGTH + FragmentFrames.OVERHEAD + large.nextLength();
    boolean first = lastPiece == 0 || credit.isConfirmed(lastPiece);
    if (!credit.allows(length, 1) || !first && credit.bytesUnderWay() + length > pieceWindow) {
      return false;
    }
    var piece = BatchHeader.begin(length, lane.index(), selfIncarnation);
    large.appendNext(piece);
    lastPiece = send(piece, 1);
    return true;
  }

  private int send(Buffer bytes, int messages) {
    if (credit.isUnused()) {
      lastProgressNanos = System.nanoTime();
    }
    int number = nextNumber++;
    if (nextNumber == 0) {
      nextNumber = 1;
    }
    credit.sent(number, bytes.length(), messages);
    write(bytes, number);
    return number;
  }

  private void sendConfirmation() {
    write(BatchHeader.begin(BatchHeader.LENGTH, lane.index(), selfIncarnation), 0);
  }

  private void write(Buffer bytes, int number) {
    BatchHeader.complete(bytes, number, lastReceived);
    owes = false;
    owedBytes = 0;
    var written = way.send(bytes);
    if (!written.succeeded()) {
      // Not in the stack of whoever is just sending; and what was dropped fails late.
      int since = resets;
      written.onFailure(cause -> lane.execute(() -> {
        if (since == resets) {
          trunk.linkFailed(lane, cause);
        }
      }));
    }
  }

  /** Notes what the header of a batch from the other side says. */
  void received(int number, int confirmed, int bytes) {
    if (number != 0) {
      lastReceived = number;
      owes = true;
      owedBytes += bytes;
      if (owedBytes >= confirmAfter()) {
        scheduleFlush();
      }
    }
    if (confirmed != 0 && credit.confirmed(confirmed)) {
      lastProgressNanos = System.nanoTime();
      sendAllowed();
    }
  }

  /** Where large frames of the other side are put together. */
  Reassembly arriving() {
    return arriving;
  }

  /** To be called now and then: confirms what an idle direction still owes. */
  void settle() {
    if (owes) {
      sendConfirmation();
    }
  }

  /** What the other side owes is counted from now. */
  void expectProgress() {
    lastProgressNanos = System.nanoTime();
  }

  /** True when the other side has confirmed nothing for so long although it should. */
  boolean isStuck(long nowNanos, long patienceNanos) {
    return !credit.isUnused() && nowNanos - lastProgressNanos > patienceNanos;
  }

  /** Forgets everything under way and waiting: the peer is gone, or begins anew. */
  void reset() {
    resets++;
    credit.reset();
    waiting.clear();
    large.clear();
    arriving.reset();
    lastPiece = 0;
    waitingBytes = 0;
    waitingMessages = 0;
    batch = null;
    batchMessages = 0;
    owes = false;
    owedBytes = 0;
    way.close();
  }
}
