package io.switchboard.trunk;

import io.vertx.core.buffer.Buffer;

/**
 * What a dialling lane says first: magic, version, and the incarnation that it means to reach,
 * so that a port which now belongs to somebody else is noticed. The other side answers with
 * the magic alone, or closes.
 */
final class SocketHandshake {
  static final int LENGTH = 13;
  static final int ANSWER_LENGTH = 4;

  private static final int MAGIC = 0x5342_4C4B;
  private static final byte VERSION = 1;

  private SocketHandshake() {
  }

  static Buffer greeting(long target) {
    return Buffer.buffer(LENGTH).appendInt(MAGIC).appendByte(VERSION).appendLong(target);
  }

  static boolean isFor(Buffer received, long self) {
    return received.getInt(0) == MAGIC && received.getByte(4) == VERSION
      && received.getLong(5) == self;
  }

  static Buffer answer() {
    return Buffer.buffer(ANSWER_LENGTH).appendInt(MAGIC);
  }

  static boolean isAnswer(Buffer received) {
    return received.length() == ANSWER_LENGTH && received.getInt(0) == MAGIC;
  }
}
