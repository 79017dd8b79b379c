package io.switchboard.exchange;

import io.vertx.core.Future;

/** A worker or subscriber that is attached to an exchange. */
public interface Attachment {
  /** The exchange's name. */
  String exchange();

  /**
   * Detaches; idempotent. Once the future is complete the handler gets nothing more. What a
   * worker has in hand is still answered.
   */
  Future<Void> detach();
}
