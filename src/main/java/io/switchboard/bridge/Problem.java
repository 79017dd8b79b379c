package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failure as HTTP shows it: {@code application/problem+json}. Paths and methods that do not
 * exist are {@code BAD_REQUEST} with the status 404 or 405; {@code NO_EXCHANGE} always means a
 * well-formed path to an exchange that nobody has declared.
 */
record Problem(int status, FailureCode code, String title, String detail) {
  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
  private static final String RETRY_AFTER_SECONDS = "1";

  static Problem of(FailureCode code, String detail) {
    return new Problem(code.httpStatus(), code, code.meaning(), detail);
  }

  /** For a failure that HTTP tells apart more finely than the code does. */
  static Problem of(int status, FailureCode code, String detail) {
    return new Problem(status, code, code.meaning(), detail);
  }

  /** What is not a SwitchboardException is this node's fault, and logged. */
  static Problem of(Throwable failure) {
    if (failure instanceof SwitchboardException expected) {
      return of(expected.code(), expected.getMessage());
    }
    LOG.error("An HTTP request failed unexpectedly", failure);
    return new Problem(500, FailureCode.WORKER_FAILED, "internal error",
      "this node failed unexpectedly; its log says more");
  }

  JsonObject toJson() {
    return new JsonObject().put("status", status).put("title", title).put("detail", detail)
      .put("code", code.name()).put("retryable", code.isRetryable());
  }

  /** Ends the response; closes it instead when its head has been sent already. */
  void writeTo(HttpServerResponse response) {
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    response.setStatusCode(status)
      .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
      .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (status == 499) {
      response.setStatusMessage("Client Closed Request");
    }
    if (status == 429 || status == 503) {
      response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    response.end(toJson().toBuffer());
  }
}
