package io.switchboard.bridge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** How the chunks of a stream are written over HTTP: the client chooses with Accept. */
enum ChunkFormat {
  /** The chunks' bytes one after another, with the content type of the first. */
  BYTES(null),
  /** One JSON document a line. */
  LINES("application/x-ndjson"),
  /** Server-sent events: {@code chunk}, then {@code end} or {@code error}. */
  EVENTS("text/event-stream");

  private final String type;

  ChunkFormat(String type) {
    this.type = type;
  }

  /** @param accept the header's value; null without one */
  static ChunkFormat accepted(String accept) {
    if (accept != null && accept.contains(EVENTS.type)) {
      return EVENTS;
    }
    return accept != null && accept.contains(LINES.type) ? LINES : BYTES;
  }

  /** @param first the first chunk; null when there is none */
  String contentType(Object first) {
    if (type != null) {
      return type;
    }
    return first == null ? BodyFormat.BYTES : BodyFormat.typeOf(first);
  }

  Buffer chunk(long number, Object body) {
    return switch (this) {
      case BYTES -> BodyFormat.write(body);
      case LINES -> Json.encodeToBuffer(EmbeddedBody.of(body)).appendByte((byte) '\n');
      case EVENTS -> event("chunk", number,
        new JsonObject().put("body", EmbeddedBody.of(body)));
    };
  }

  /** What is written after the last of so many chunks; empty for nothing. */
  Buffer end(long chunks) {
    return this == EVENTS
      ? event("end", chunks, new JsonObject().put("chunks", chunks)) : Buffer.buffer();
  }

  /** What is written before the connection is broken off; empty for nothing. */
  Buffer failure(long chunks, Problem problem) {
    return this == EVENTS ? event("error", chunks, problem.toJson()) : Buffer.buffer();
  }

  /** JSON has no line breaks outside strings and escapes them inside: one data line. */
  static Buffer event(String type, long id, JsonObject data) {
    return Buffer.buffer("event: " + type + "\nid: " + id + "\ndata: ")
      .appendBuffer(data.toBuffer()).appendString("\n\n");
  }
}
