package io.switchboard.message;

/**
 * An expected failure of an operation; it fails the operation's future. It carries no stack
 * trace: the code and the message say what happened, and it may be made for every message of
 * an overloaded node.
 */
public final class SwitchboardException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final FailureCode code;

  /** The message names the exchange, node or value concerned. */
  public SwitchboardException(FailureCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** What kind of failure it is. */
  public FailureCode code() {
    return code;
  }

  @Override
  public String toString() {
    return code + ": " + getMessage();
  }
}
