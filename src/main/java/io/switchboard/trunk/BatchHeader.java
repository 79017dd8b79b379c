package io.switchboard.trunk;

import io.switchboard.message.MalformedFrame;
import io.vertx.core.buffer.Buffer;

/**
 * The first bytes of a batch: magic, version, the sending lane, a spare byte, the sender's
 * incarnation (8), the batch's number (4; 0 when it carries no frames), and the number of the
 * last batch that the sender has taken from the receiver (4; 0 for none yet).
 */
final class BatchHeader {
  static final int LENGTH = 20;

  private static final byte MAGIC = 'S';
  private static final byte VERSION = 1;
  private static final int NUMBER_AT = 12;
  private static final int CONFIRMED_AT = 16;

  private BatchHeader() {
  }

  static Buffer begin(int expectedBytes, int fromLane, long incarnation) {
    return Buffer.buffer(expectedBytes).appendByte(MAGIC).appendByte(VERSION)
      .appendByte((byte) fromLane).appendByte((byte) 0).appendLong(incarnation)
      .appendInt(0).appendInt(0);
  }

  static void complete(Buffer batch, int number, int confirmed) {
    batch.setInt(NUMBER_AT, number).setInt(CONFIRMED_AT, confirmed);
  }

  static void check(Buffer batch) {
    if (batch.length() < LENGTH || batch.getByte(0) != MAGIC || batch.getByte(1) != VERSION) {
      throw new MalformedFrame("not a batch of this protocol: " + batch.length() + " bytes");
    }
  }

  static int fromLane(Buffer batch) {
    return batch.getByte(2) & 0xFF;
  }

  static long incarnation(Buffer batch) {
    return batch.getLong(4);
  }

  static int number(Buffer batch) {
    return batch.getInt(NUMBER_AT);
  }

  static int confirmed(Buffer batch) {
    return batch.getInt(CONFIRMED_AT);
  }
}
