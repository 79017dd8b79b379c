package io.switchboard.container;

/**
 * Reads like a verticle's exception, and holds none of its classes. Vert.x keeps the outcome of
 * a deployment that failed, and an exception keeps the classes of its stack.
 */
final class DetachedFailure extends Exception {
  private static final int CAUSES_COPIED = 5;

  private final String shown;

  private DetachedFailure(Throwable original, DetachedFailure cause) {
    super(original.getMessage(), cause);
    this.shown = original.toString();
    setStackTrace(original.getStackTrace());
  }

  static DetachedFailure of(Throwable original) {
    return of(original, CAUSES_COPIED);
  }

  private static DetachedFailure of(Throwable original, int causes) {
    var cause = original.getCause() == null || causes == 0 ? null
      : of(original.getCause(), causes - 1);
    return new DetachedFailure(original, cause);
  }

  /** Notes no stack of its own, on which the verticle's classes may be. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  @Override
  public String toString() {
    return shown;
  }
}
