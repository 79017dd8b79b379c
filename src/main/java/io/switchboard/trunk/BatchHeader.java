package io.switchboard.trunk;

import io.switchboard.message.MalformedFrame;
import io.vertx.core.buffer.Buffer;

/**
 * The first bytes of a batch: its length, these included (4), magic, version, the sending
 * lane, a spare byte, the sender's incarnation (8), the batch's number (4; 0 when it carries no
 * frames), and the number of the last batch that the sender has taken from the receiver (4; 0
 * for none yet).
 */
final class BatchHeader {
  static final int LENGTH = 24;
  static final int LENGTH_BYTES = 4;

  private static final byte MAGIC = 'S';
  private static final byte VERSION = 1;
  private static final int NUMBER_AT = 16;
  private static final int CONFIRMED_AT = 20;

  private BatchHeader() {
  }

  static Buffer begin(int expectedBytes, int fromLane, long incarnation) {
    return Buffer.buffer(expectedBytes).appendInt(0).appendByte(MAGIC).appendByte(VERSION)
      .appendByte((byte) fromLane).appendByte((byte) 0).appendLong(incarnation)
      .appendInt(0).appendInt(0);
  }

  static void complete(Buffer batch, int number, int confirmed) {
    batch.setInt(0, batch.length()).setInt(NUMBER_AT, number).setInt(CONFIRMED_AT, confirmed);
  }

  static void check(Buffer batch) {
    if (batch.length() < LENGTH || batch.getByte(4) != MAGIC || batch.getByte(5) != VERSION) {
      throw new MalformedFrame("not a batch of this protocol: " + batch.length() + " bytes");
    }
  }

  static int fromLane(Buffer batch) {
    return batch.getByte(6) & 0xFF;
  }

  static long incarnation(Buffer batch) {
    return batch.getLong(8);
  }

  static int number(Buffer batch) {
    return batch.getInt(NUMBER_AT);
  }

  static int confirmed(Buffer batch) {
    return batch.getInt(CONFIRMED_AT);
  }
}
