package io.switchboard.options;

/** A setting that cannot be used. The message is one line: the key, what is wrong, the mend. */
public final class InvalidOption extends IllegalArgumentException {
  /** The message must stand alone on a terminal. */
  public InvalidOption(String message) {
    super(message);
  }
}
