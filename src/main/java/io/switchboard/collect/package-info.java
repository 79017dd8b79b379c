/**
 * The rules behind a collect exchange, without threads, timers or network: who may be the
 * active collector and until when ({@link io.switchboard.collect.Ballot},
 * {@link io.switchboard.collect.Tenure}, {@link io.switchboard.collect.Wakefulness}), and how a
 * producing node keeps its entries until they are taken
 * ({@link io.switchboard.collect.EmitBuffer}). Every decision takes the time as an argument.
 * Uses nothing of the project.
 */
package io.switchboard.collect;
