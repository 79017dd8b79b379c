package io.switchboard.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** What the HTTP API answered. */
record Answer(String url, int status, String contentType, byte[] body) {
  private static final int ONE_LINE = 80;

  boolean isJson() {
    var type = mediaType();
    return type.equals("application/json") || type.endsWith("+json");
  }

  boolean isText() {
    return mediaType().startsWith("text/");
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Fails the command when the answer is not what Switchboard's API answers. */
  JsonArray array() {
    if (isJson() && json() instanceof JsonArray array) {
      return array;
    }
    throw stranger();
  }

  /** Fails the command when the answer is not what Switchboard's API answers. */
  JsonObject object() {
    if (isJson() && json() instanceof JsonObject object) {
      return object;
    }
    throw stranger();
  }

  /** The failure of a command to which something else than a node answered. */
  CommandFailure stranger() {
    return CommandFailure.failed("what answers at " + url + " (status " + status
      + ") is not a Switchboard node; give a node's address with --url");
  }

  /** For people: JSON on one line where it is short, text and bytes as they are. */
  void print(PrintStream out) {
    if (status == 204 || body.length == 0) {
      return;
    }
    if (isJson()) {
      var value = json();
      var line = Json.encode(value);
      out.println(line.length() <= ONE_LINE ? line : Json.encodePrettily(value));
    } else if (isText()) {
      out.println(text());
    } else {
      out.write(body, 0, body.length);
    }
    out.flush();
  }

  /** For programs: always one JSON value; bytes as {@code {"bytes": base64}}. */
  void printJson(PrintStream out) {
    if (status == 204) {
      out.println("null");
    } else if (isJson()) {
      out.println(text().strip());
    } else if (isText()) {
      out.println(Json.encode(text()));
    } else if (body.length == 0) {
      out.println("{}");
    } else {
      out.println(new JsonObject()
        .put("bytes", Base64.getEncoder().encodeToString(body)).encode());
    }
    out.flush();
  }

  private Object json() {
    try {
      return Json.decodeValue(text());
    } catch (DecodeException malformed) {
      throw stranger();
    }
  }

  private String mediaType() {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
