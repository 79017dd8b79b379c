package io.switchboard.bridge;

import io.switchboard.message.Headers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Parts of a message inside a JSON document: bytes become {@code {"bytes": base64}}. */
final class EmbeddedBody {
  private EmbeddedBody() {
  }

  static Object of(Object body) {
    if (body instanceof Buffer || body instanceof byte[]) {
      return new JsonObject().put("bytes", body);
    }
    return body instanceof Character ? body.toString() : body;
  }

  static JsonObject of(Headers headers) {
    var json = new JsonObject();
    headers.asMap().forEach(json::put);
    return json;
  }
}
