package io.switchboard.task;

import io.switchboard.exchange.TaskOptions;

/**
 * A task exchange as it is declared.
 *
 * @param life how many exchanges of its name were deleted before
 */
record TaskDeclaration(int life, TaskOptions options) {
  /** True when this one has been deleted, if that is what is declared now; null for nothing. */
  boolean isOver(TaskDeclaration now) {
    return now == null || now.life > life;
  }
}
