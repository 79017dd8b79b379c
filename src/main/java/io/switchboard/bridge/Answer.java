package io.switchboard.bridge;

import io.switchboard.message.Headers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** What an operation has to say: a value, or a stream that writes itself. */
interface Answer {
  /** Called once, on the response's event loop. */
  void writeTo(HttpServerResponse response);

  /** 200 with a body, as the contract maps it; 204 for null. */
  static Answer ok(Object body) {
    return value(body == null ? 204 : 200, body, Headers.NONE);
  }

  /** A reply with the headers that the worker gave. */
  static Answer reply(Object body, Headers headers) {
    return value(body == null ? 204 : 200, body, headers);
  }

  /** A status without a body. */
  static Answer status(int status) {
    return value(status, null, Headers.NONE);
  }

  /** A status with a body. */
  static Answer of(int status, Object body) {
    return value(status, body, Headers.NONE);
  }

  private static Answer value(int status, Object body, Headers headers) {
    return response -> {
      if (response.closed()) {
        return;
      }
      response.setStatusCode(status).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      MessageHeaders.write(headers, response.headers());
      if (body == null) {
        response.end();
        return;
      }
      response.putHeader(HttpHeaders.CONTENT_TYPE, BodyFormat.typeOf(body))
        .end(BodyFormat.write(body));
    };
  }
}
