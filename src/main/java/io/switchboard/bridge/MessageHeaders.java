package io.switchboard.bridge;

import io.switchboard.message.Headers;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/** Message headers as HTTP headers: {@code Switchboard-Header-X} is the message header X. */
final class MessageHeaders {
  static final String PREFIX = "Switchboard-Header-";

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E\\t]*");

  private MessageHeaders() {
  }

  /** Names keep the case in which the client wrote them. Throws TOO_LARGE over the bounds. */
  static Headers read(MultiMap http) {
    var values = new LinkedHashMap<String, String>();
    for (var header : http) {
      var name = header.getKey();
      if (name.length() > PREFIX.length()
        && name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
        values.put(name.substring(PREFIX.length()), header.getValue());
      }
    }
    return Headers.of(values);
  }

  /** Leaves out what cannot stand in HTTP: control characters, names that are no token. */
  static void write(Headers headers, MultiMap http) {
    headers.asMap().forEach((name, value) -> {
      if (NAME.matcher(name).matches() && VALUE.matcher(value).matches()) {
        http.set(PREFIX + name, value);
      }
    });
  }
}
