package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a body up to a limit. What is over it is thrown away as it comes, not kept: a small
 * excess to its end, so that the client can read the refusal and go on using the connection; of
 * a large one no more than as much again, and then the connection is closed.
 */
final class BodyReader {
  /** How much of a body over the limit is still taken in, to keep the connection. */
  static final int MAX_EXCESS = 4 << 20;

  /** How long a client may go on sending after it was told that the connection closes. */
  private static final long LINGER_MILLIS = 1_000;

  private final HttpServerRequest request;
  private final int limit;
  private final Promise<Buffer> whole = Promise.promise();
  private Buffer body = Buffer.buffer();
  private long received;

  private BodyReader(HttpServerRequest request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  /**
   * Must be called in the turn in which the request came. Fails with TOO_LARGE over the limit
   * and CANCELLED when the client goes away half-way.
   */
  static Future<Buffer> read(HttpServerRequest request, int limit) {
    return new BodyReader(request, limit).read();
  }

  private Future<Buffer> read() {
    long announced = announced();
    request.exceptionHandler(gone -> whole.tryFail(new SwitchboardException(
      FailureCode.CANCELLED, "the client went away before its body was complete")));
    request.handler(this::take);
    request.endHandler(end -> complete());
    boolean waitsForPermission = "100-continue".equalsIgnoreCase(
      request.getHeader(HttpHeaders.EXPECT));
    if (announced > limit + (long) MAX_EXCESS || announced > limit && waitsForPermission) {
      refuseAndClose();
    } else if (waitsForPermission) {
      request.response().writeContinue();
    }
    return whole.future();
  }

  private long announced() {
    var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    // The HTTP decoder has refused what is no number.
    return length == null ? 0 : Long.parseLong(length.trim());
  }

  private void take(Buffer part) {
    received += part.length();
    if (received <= limit) {
      body.appendBuffer(part);
    } else {
      body = null;
      if (received > limit + (long) MAX_EXCESS) {
        refuseAndClose();
      }
    }
  }

  private void complete() {
    if (received <= limit) {
      whole.tryComplete(body);
    } else {
      whole.tryFail(tooLarge());
    }
  }

  /** Closing at once could throw away the answer before the client has read it. */
  private void refuseAndClose() {
    if (whole.future().isComplete()) {
      return;
    }
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    whole.tryFail(tooLarge());
    var connection = request.connection();
    Vertx.currentContext().owner().setTimer(LINGER_MILLIS,
      timer -> connection.close());
  }

  private SwitchboardException tooLarge() {
    return new SwitchboardException(FailureCode.TOO_LARGE,
      "the body is larger than the limit of " + limit + " bytes (http.bodyLimit)");
  }
}
