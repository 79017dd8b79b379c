package io.switchboard.collect;

/**
 * Which collector is, or wants to be, the active one.
 *
 * @param epoch  its reign; names its node
 * @param worker its number on its node
 * @param lane   the lane of its node that takes its entries
 */
record Claim(Epoch epoch, long worker, int lane) {
  /** True for the collector of that number on that node. */
  boolean isOf(long node, long number) {
    return epoch.node() == node && worker == number;
  }
}
