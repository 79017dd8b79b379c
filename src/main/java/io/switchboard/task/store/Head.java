package io.switchboard.task.store;

import java.nio.ByteBuffer;

/**
 * What stands in the entry of a whole exchange, as bytes.
 *
 * @param epoch      that of the present owner
 * @param sealedUpTo the last epoch whose slots are known to be sealed
 * @param life       which of the exchanges of this name it is
 * @param since      the epoch in which that life began: what stands in slots of earlier ones was
 *                   left by an exchange that was deleted
 */
record Head(int epoch, int sealedUpTo, int life, int since) {
  /** Nothing stands here that is to stay. */
  static final int NO_LIFE = -1;

  /**
   * What an owner finds of which no head is known: it may belong to this life.
   *
   * @param epoch later than all of a life of the exchange that was lost
   */
  static Head first(int epoch, int life) {
    return new Head(epoch, epoch - 1, life, 0);
  }

  static Head of(Object value) {
    if (!(value instanceof byte[] bytes)) {
      return null;
    }
    var head = ByteBuffer.wrap(bytes);
    return new Head(head.getInt(), head.getInt(), head.getInt(), head.getInt());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(4 * Integer.BYTES)
      .putInt(epoch).putInt(sealedUpTo).putInt(life).putInt(since).array();
  }

  /** The next epoch. A life that is earlier than the present one is not gone back to. */
  Head next(int declaredLife) {
    return declaredLife > life ? new Head(epoch + 1, sealedUpTo, declaredLife, epoch + 1)
      : new Head(epoch + 1, sealedUpTo, life, since);
  }

  /** True when something may stand here that was left before that life. */
  boolean isBefore(int declaredLife) {
    return life != NO_LIFE && life < declaredLife;
  }

  /** All epochs before this one are sealed. */
  Head allSealed() {
    return new Head(epoch, epoch - 1, life, since);
  }

  /** The next epoch, in which everything goes. Whatever life comes then begins anew. */
  Head erasing() {
    return new Head(epoch + 1, sealedUpTo, NO_LIFE, epoch + 1);
  }
}
