/**
 * Collect exchanges: many producers emit, one active collector in the cluster gets it all.
 * {@link io.switchboard.collect.Collects} is the way in. Uses exchange and what lies below it.
 *
 * <p>The rules are apart from what applies them, without threads, timers or network: who may be
 * the active collector and until when ({@code Ballot}, {@code Tenure}, {@code Wakefulness}), and
 * how a producing node keeps its entries until they are taken ({@code EmitBuffer}). Every
 * decision takes the time as an argument.
 */
package io.switchboard.collect;
