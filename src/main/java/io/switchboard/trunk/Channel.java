package io.switchboard.trunk;

import io.switchboard.lane.Lane;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;

/**
 * Between one of this node's lanes and one of a peer's: frames go out in batches, under credit,
 * in order. The first frame of a tick schedules the flush at the end of that tick; what comes
 * meanwhile rides along. On its lane's thread only.
 */
public final class Channel {
  private static final int SMALLEST_BATCH = 256;

  private final Trunk trunk;
  private final Lane lane;
  private final Link.Way way;
  private final long selfIncarnation;
  private final Credit credit;
  private final int maxBytes;
  private final int maxMessages;
  private final int batchBytes;
  private final Runnable flush = this::flush;

  private final ArrayDeque<Sealed> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private int waitingMessages;
  private Buffer batch;
  private int batchMessages;
  private int expectedBytes = SMALLEST_BATCH;
  private boolean flushScheduled;

  private int nextNumber = 1;
  private int lastReceived;
  private int owedBytes;
  private boolean owes;
  private long lastProgressNanos;

  private record Sealed(Buffer batch, int messages) {
  }

  Channel(Trunk trunk, Lane lane, Link.Way way, long selfIncarnation, Credit credit,
    int maxBytes, int maxMessages, int batchBytes) {
    this.trunk = trunk;
    this.lane = lane;
    this.way = way;
    this.selfIncarnation = selfIncarnation;
    this.credit = credit;
    this.maxBytes = maxBytes;
    this.maxMessages = maxMessages;
    this.batchBytes = batchBytes;
  }

  /**
   * Where to append one frame, to be followed by {@link #end}; null when too much waits
   * already. The frame must not be larger than the bound that is given here.
   */
  public Buffer begin(int sizeBound) {
    if (waitingMessages + batchMessages > 0 && (waitingMessages + batchMessages >= maxMessages
      || waitingBytes + (batch == null ? 0 : batch.length()) + sizeBound > maxBytes)) {
      return null;
    }
    return open();
  }

  /** Like {@link #begin}, for what must not be refused because its request was accepted. */
  public Buffer beginAnswer() {
    return open();
  }

  private Buffer open() {
    if (batch == null) {
      batch = BatchHeader.begin(expectedBytes, lane.index(), selfIncarnation);
    }
    return batch;
  }

  /** Ends the frame that was appended to {@link #begin}'s buffer. */
  public void end() {
    batchMessages++;
    if (batch.length() >= batchBytes) {
      seal();
      sendAllowed();
    } else {
      scheduleFlush();
    }
  }

  /** How many bytes wait here for credit or for the end of the tick. */
  public long waitingBytes() {
    return waitingBytes + (batch == null ? 0 : batch.length());
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
    if (owes && owedBytes >= maxBytes / 4) {
      sendConfirmation();
    }
  }

  private void seal() {
    waiting.add(new Sealed(batch, batchMessages));
    waitingBytes += batch.length();
    waitingMessages += batchMessages;
    expectedBytes = Math.max(SMALLEST_BATCH, (batch.length() + expectedBytes) / 2);
    batch = null;
    batchMessages = 0;
  }

  private void sendAllowed() {
    while (!waiting.isEmpty()) {
      var next = waiting.peek();
      if (!credit.allows(next.batch.length(), next.messages)) {
        return;
      }
      waiting.remove();
      waitingBytes -= next.batch.length();
      waitingMessages -= next.messages;
      if (credit.isUnused()) {
        lastProgressNanos = System.nanoTime();
      }
      int number = nextNumber++;
      if (nextNumber == 0) {
        nextNumber = 1;
      }
      credit.sent(number, next.batch.length(), next.messages);
      write(next.batch, number);
    }
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
      written.onFailure(trunk::linkFailed);
    }
  }

  /** Notes what the header of a batch from the other side says. */
  void received(int number, int confirmed, int bytes) {
    if (number != 0) {
      lastReceived = number;
      owes = true;
      owedBytes += bytes;
      if (owedBytes >= maxBytes / 4) {
        scheduleFlush();
      }
    }
    if (confirmed != 0 && credit.confirmed(confirmed)) {
      lastProgressNanos = System.nanoTime();
      sendAllowed();
    }
  }

  /** To be called now and then: confirms what an idle direction still owes. */
  void settle() {
    if (owes) {
      sendConfirmation();
    }
  }

  /** True when the other side has confirmed nothing for so long although it should. */
  boolean isStuck(long nowNanos, long patienceNanos) {
    return !credit.isUnused() && nowNanos - lastProgressNanos > patienceNanos;
  }

  /** Forgets everything under way and waiting: the peer is gone, or begins anew. */
  void reset() {
    credit.reset();
    waiting.clear();
    waitingBytes = 0;
    waitingMessages = 0;
    batch = null;
    batchMessages = 0;
    owes = false;
    owedBytes = 0;
    way.close();
  }
}
