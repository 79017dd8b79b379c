package io.switchboard.exchange;

import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * A place at an exchange whose holder is told when and why it ends; for the kinds of exchanges,
 * also those of other packages.
 */
public abstract class Place implements Attachment {
  private final Kind kind;
  private final Promise<End> ended = Promise.promise();

  /** @param kind what the exchange must be for the place to make sense */
  protected Place(Kind kind) {
    this.kind = kind;
  }

  final Kind kind() {
    return kind;
  }

  @Override
  public final Future<End> ended() {
    return CallerContext.backHere(ended.future());
  }

  /** The first reason counts. Any thread. */
  protected final void ended(End reason) {
    ended.tryComplete(reason);
  }

  final boolean hasEnded() {
    return ended.future().isComplete();
  }

  /** Ends it for a reason that is not its holder's. Any thread. */
  final void end(End reason) {
    ended(reason);
    detach();
  }
}
