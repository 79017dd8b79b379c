package io.switchboard.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The body of a message, from the command line, a file or standard input: what parses as JSON
 * is JSON, other text is text, the rest is bytes.
 */
record Payload(byte[] bytes, String contentType) {
  static final Payload NONE = new Payload(new byte[0], "");

  private static final int MAX_BYTES = 64 << 20;
  private static final int SILENCE_SECONDS = 2;

  /** False when there is no body at all. */
  boolean isPresent() {
    return bytes.length > 0 || !contentType.isEmpty();
  }

  /**
   * @param argument the body itself, {@code @FILE}, {@code -} for standard input; null for what
   *                 is piped in, if anything is
   */
  static Payload of(String argument, Terminal terminal) {
    if (argument == null) {
      return terminal.interactive() ? NONE : piped(terminal.in());
    }
    if (argument.equals("-")) {
      return ofInput(all(terminal.in()));
    }
    if (argument.startsWith("@")) {
      return ofFile(Path.of(argument.substring(1)));
    }
    return ofBytes(argument.getBytes(StandardCharsets.UTF_8));
  }

  /** A line that somebody wrote: JSON where it parses as such, else text. */
  static Payload ofText(String text) {
    return ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A JSON document. */
  static Payload json(String document) {
    return new Payload(document.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  /**
   * Programs often leave a pipe open at standard input that nobody will ever write to; waiting
   * for it would hang, and taking it for an end would lose a slow writer's body.
   */
  private static Payload piped(InputStream in) {
    var first = CompletableFuture.supplyAsync(() -> {
      try {
        return in.read();
      } catch (IOException broken) {
        throw unreadable(broken);
      }
    }, task -> {
      var thread = new Thread(task, "standard-input");
      thread.setDaemon(true);
      thread.start();
    });
    try {
      int start = first.get(SILENCE_SECONDS, TimeUnit.SECONDS);
      if (start < 0) {
        return NONE;
      }
      var rest = all(in);
      return ofInput(ByteBuffer.allocate(rest.length + 1).put((byte) start).put(rest).array());
    } catch (TimeoutException silent) {
      throw CommandFailure.wrongUsage("nothing came on standard input; give BODY, '-' to wait"
        + " for it, or </dev/null for no body");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof CommandFailure told ? told
        : CommandFailure.failed("standard input: " + failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("CANCELLED: interrupted");
    }
  }

  /** Without the line break that echo puts at the end of text. */
  private static Payload ofInput(byte[] bytes) {
    if (bytes.length == 0) {
      return NONE;
    }
    var payload = ofBytes(bytes);
    if (!payload.contentType.startsWith("text/")) {
      return payload;
    }
    var text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
    return new Payload(text.getBytes(StandardCharsets.UTF_8), payload.contentType);
  }

  private static Payload ofFile(Path file) {
    try (var in = Files.newInputStream(file)) {
      return ofBytes(all(in));
    } catch (NoSuchFileException absent) {
      throw CommandFailure.wrongUsage("there is no file '" + file + "'");
    } catch (IOException broken) {
      throw CommandFailure.wrongUsage("cannot read '" + file + "': " + broken.getMessage());
    }
  }

  private static Payload ofBytes(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      return new Payload(bytes, "application/octet-stream");
    }
    try {
      if (!text.isBlank()) {
        Json.decodeValue(text);
        return new Payload(bytes, "application/json");
      }
    } catch (DecodeException notJson) {
      return new Payload(bytes, "text/plain; charset=utf-8");
    }
    return new Payload(bytes, "text/plain; charset=utf-8");
  }

  private static byte[] all(InputStream in) {
    try {
      var bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw CommandFailure.wrongUsage("the body has more than 64 MiB");
      }
      return bytes;
    } catch (IOException broken) {
      throw unreadable(broken);
    }
  }

  private static CommandFailure unreadable(IOException broken) {
    return CommandFailure.failed("cannot read standard input: " + broken.getMessage());
  }
}
