package io.switchboard.task;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;

/**
 * Names one task for as long as it exists.
 *
 * @param node   the incarnation of the node where it was submitted
 * @param number counts the tasks submitted there
 */
public record TaskId(long node, long number) {
  private static final int DIGITS = 16;

  /** The reverse of {@link #toString()}; throws BAD_REQUEST for anything else. */
  public static TaskId of(String text) {
    try {
      int dash = text.indexOf('-');
      if (dash > 0 && dash <= DIGITS && text.length() <= 2 * DIGITS + 1) {
        return new TaskId(Long.parseUnsignedLong(text.substring(0, dash), DIGITS),
          Long.parseUnsignedLong(text.substring(dash + 1), DIGITS));
      }
    } catch (NumberFormatException notHex) {
      // Told below, as for every other text that is no id.
    }
    throw new SwitchboardException(FailureCode.BAD_REQUEST, "'"
      + text.substring(0, Math.min(text.length(), 40)) + "' is no id of a task");
  }

  /** For URLs and people: two hexadecimal numbers and a hyphen. */
  @Override
  public String toString() {
    return Long.toHexString(node) + "-" + Long.toHexString(number);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(node * 31 + number * 0x9E3779B97F4A7C15L);
  }
}
