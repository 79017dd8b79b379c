package io.switchboard.architecture;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.stream.Collectors;

/** A place that breaks a rule: what is wrong there, and what mends it. */
record Offence(String path, int line, String what, String mend) {
  /** Fails the test with one line for each, if there are any. */
  static void requireNone(List<Offence> offences) {
    if (!offences.isEmpty()) {
      fail(offences.stream().map(Offence::toString)
        .collect(Collectors.joining(System.lineSeparator(), System.lineSeparator(), "")));
    }
  }

  @Override
  public String toString() {
    return path + ":" + line + ": " + what + "; " + mend;
  }
}
