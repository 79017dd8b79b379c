package io.switchboard.cli;

import io.vertx.core.json.JsonObject;

/** Turns an HTTP answer that says no into the one line that people see. */
final class Refusal {
  private Refusal() {
  }

  /** Code, detail and mend of a problem+json; something else came from no node. */
  static CommandFailure of(Answer answer) {
    if (!answer.contentType().startsWith("application/problem+json")) {
      return answer.stranger();
    }
    return of(answer.object());
  }

  /** Code, detail and mend of a problem. */
  static CommandFailure of(JsonObject problem) {
    var code = String.valueOf(problem.getValue("code", problem.getValue("status")));
    var detail = String.valueOf(problem.getValue("detail", problem.getValue("title", "")));
    return CommandFailure.failed(code + ": " + detail + mend(code));
  }

  private static String mend(String code) {
    return switch (code) {
      case "NO_EXCHANGE" -> "; '" + Home.command() + " exchanges' lists what is declared";
      case "DENIED" -> "; give the node's http.token with --token";
      case "DEADLINE" -> "; a longer one is given with --deadline";
      case "NO_WORKER" -> "; '" + Home.command() + " verticles' lists what is deployed";
      case "OVERLOADED", "DRAINING", "NO_QUORUM" -> "; try again later";
      default -> "";
    };
  }
}
