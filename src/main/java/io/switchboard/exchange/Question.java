package io.switchboard.exchange;

import io.switchboard.message.Headers;
import io.switchboard.message.Message;
import java.time.Duration;

/** What a worker asks its caller back in a dialogue. */
public final class Question extends Message {
  private final int step;
  private final int remainingMillis;
  private final long askedNanos = System.nanoTime();
  private final Conversation dialogue;

  Question(Object body, Headers headers, int step, int remainingMillis, Conversation dialogue) {
    super(body, headers);
    this.step = step;
    this.remainingMillis = remainingMillis;
    this.dialogue = dialogue;
  }

  /** Which question of the dialogue it is, from 1. */
  public int step() {
    return step;
  }

  /** What is left to answer it; never negative. */
  public Duration remaining() {
    var left = Duration.ofMillis(remainingMillis).minusNanos(System.nanoTime() - askedNanos);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Ends the whole dialogue: its future fails with CANCELLED, the worker is told at once. */
  public void endDialogue() {
    dialogue.cancel();
  }
}
