package io.switchboard.message;

/** Bytes from another node that are not what this version of the protocol writes. */
public final class MalformedFrame extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MalformedFrame(String what) {
    super(what, null, false, false);
  }
}
