package io.switchboard.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A terminal whose input is given and whose output is kept. */
final class Console {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private Console(InputStream in, boolean interactive, Map<String, String> environment) {
    terminal = new Terminal(in, new PrintStream(out, true, StandardCharsets.UTF_8),
      new PrintStream(err, true, StandardCharsets.UTF_8), interactive, environment);
  }

  /** A person who types nothing. */
  static Console interactive() {
    return new Console(InputStream.nullInputStream(), true, Map.of());
  }

  static Console withEnvironment(Map<String, String> environment) {
    return new Console(InputStream.nullInputStream(), true, environment);
  }

  static Console piped(byte[] input) {
    return piped(new ByteArrayInputStream(input));
  }

  static Console piped(InputStream input) {
    return new Console(input, false, Map.of());
  }

  Terminal terminal() {
    return terminal;
  }

  int run(String... arguments) {
    return Main.execute(terminal, arguments);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  byte[] outBytes() {
    return out.toByteArray();
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
