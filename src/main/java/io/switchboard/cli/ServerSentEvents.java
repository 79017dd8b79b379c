package io.switchboard.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a stream of server-sent events, one at a time. Comments and unknown fields are passed
 * over. An event of more than 16 MiB breaks the stream. Not thread-safe.
 */
final class ServerSentEvents {
  private static final int MAX_EVENT = 16 << 20;

  private final InputStream in;

  ServerSentEvents(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** One event; the type is {@code message} when the stream names none. */
  record Event(String type, String data) {
    /** Its data, which the node that the client asks writes as a JSON object. */
    JsonObject object(ApiClient client) {
      try {
        return new JsonObject(data);
      } catch (DecodeException malformed) {
        throw client.stranger();
      }
    }
  }

  /** Blocks until there is one; empty at the end of the stream. */
  Optional<Event> next() throws IOException {
    var type = "message";
    StringBuilder data = null;
    for (var line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        if (data != null) {
          return Optional.of(new Event(type, data.toString()));
        }
        type = "message";
      } else if (line.startsWith("event:")) {
        type = value(line);
      } else if (line.startsWith("data:")) {
        data = data == null ? new StringBuilder() : data.append('\n');
        data.append(value(line));
        if (data.length() > MAX_EVENT) {
          throw new IOException("an event has more than 16 MiB");
        }
      }
    }
    return Optional.empty();
  }

  private static String value(String line) {
    var value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  private String line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return bytes.toString(StandardCharsets.UTF_8);
      }
      if (next != '\r') {
        bytes.write(next);
      }
      if (bytes.size() > MAX_EVENT) {
        throw new IOException("a line has more than 16 MiB");
      }
    }
    return null;
  }
}
