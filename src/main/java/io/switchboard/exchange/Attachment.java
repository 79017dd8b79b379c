package io.switchboard.exchange;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A worker or subscriber that is attached to an exchange. */
public interface Attachment {
  /** The exchange's name. */
  String exchange();

  /**
   * Detaches; idempotent. Once the future is complete the handler gets nothing more. What a
   * worker has in hand is still answered.
   */
  Future<Void> detach();

  /** Why an attachment ended. */
  enum End {
    /** {@link #detach} was called. */
    DETACHED,
    /** The verticle that attached it was undeployed. */
    UNDEPLOYED,
    /** The exchange was deleted. */
    DELETED,
    /** The exchange is of another kind now: another declaration won when two clusters met. */
    CONFLICT
  }

  /**
   * Completes, on the context that asks, when it ends for whatever reason. A lost connection to
   * the cluster is no end: the place is taken again when the connection is back. Of a monitor it
   * never completes: that outlives its exchange.
   */
  default Future<End> ended() {
    return Promise.<End>promise().future();
  }
}
