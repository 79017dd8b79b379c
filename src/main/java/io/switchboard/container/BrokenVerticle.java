package io.switchboard.container;

/** A verticle file that cannot be deployed; the message is one line for whoever wrote it. */
final class BrokenVerticle extends Exception {
  BrokenVerticle(String message) {
    super(message);
  }

  BrokenVerticle(String message, Throwable cause) {
    super(message, cause);
  }
}
