package io.switchboard.collect;

import java.util.Set;

/**
 * The nodes whose votes count at one moment.
 *
 * @param others   their incarnations, the own one apart
 * @param justWoke this process has slept, and does not know yet what it missed
 */
record Reach(Set<Long> others, boolean justWoke) {
}
