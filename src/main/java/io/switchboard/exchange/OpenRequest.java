package io.switchboard.exchange;

import io.switchboard.message.CallMode;
import io.vertx.core.Future;

/** A request that its caller may give up. May be used from any thread. */
public final class OpenRequest {
  private final Conversation conversation = new Conversation(CallMode.CANCELLABLE);
  private Future<Reply> reply;

  OpenRequest() {
  }

  Conversation conversation() {
    return conversation;
  }

  void reply(Future<Reply> future) {
    reply = future;
  }

  /** The answer, as of a plain request. */
  public Future<Reply> reply() {
    return reply;
  }

  /**
   * Gives it up: the reply fails with CANCELLED, the worker's slot is free, and its handler is
   * told if it wants to know. Idempotent; nothing happens once there is an answer.
   */
  public void cancel() {
    conversation.cancel();
  }
}
