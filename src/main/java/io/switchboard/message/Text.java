package io.switchboard.message;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text as UTF-8 inside a frame. */
final class Text {
  /** The most bytes that text with its length before it takes. */
  private static final int MAX_SHORT = 0xFFFF;
  private static final char REPLACEMENT = '\uFFFD';

  private Text() {
  }

  static void append(Buffer out, String text) {
    out.appendBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The length in two bytes, then the text. Writes nothing when it throws. */
  static void appendShort(Buffer out, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_SHORT) {
      throw new SwitchboardException(FailureCode.TOO_LARGE,
        "a name, key or header of " + bytes.length + " bytes");
    }
    out.appendUnsignedShort(bytes.length).appendBytes(bytes);
  }

  /** Throws MalformedFrame when the bytes are not UTF-8. */
  static String read(Buffer in, int start, int end) {
    var text = in.getString(start, end);
    // The decoder puts this character in the place of what it cannot read.
    if (text.indexOf(REPLACEMENT) >= 0
      && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), in.getBytes(start, end))) {
      throw new MalformedFrame("text that is not UTF-8");
    }
    return text;
  }

  /** The text's beginning: at most so many characters, and no half of a surrogate pair. */
  static String truncated(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
