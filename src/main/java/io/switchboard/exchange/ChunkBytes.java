package io.switchboard.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;

/** A chunk as bytes: bytes as they are, text as UTF-8, null as nothing, the rest as JSON. */
final class ChunkBytes {
  private ChunkBytes() {
  }

  static Buffer of(Object chunk) {
    if (chunk instanceof Buffer buffer) {
      return buffer;
    }
    if (chunk instanceof byte[] bytes) {
      return Buffer.buffer(bytes);
    }
    if (chunk == null) {
      return Buffer.buffer();
    }
    return chunk instanceof String || chunk instanceof Character
      ? Buffer.buffer(chunk.toString()) : Json.encodeToBuffer(chunk);
  }
}
