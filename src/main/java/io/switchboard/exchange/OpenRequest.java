package io.switchboard.exchange;

import io.vertx.core.Future;

/** A request or a dialogue that its caller may give up. May be used from any thread. */
public final class OpenRequest {
  private final Conversation conversation;
  private final Future<Reply> reply;

  OpenRequest(Conversation conversation, Future<Reply> reply) {
    this.conversation = conversation;
    this.reply = reply;
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
