package io.switchboard.exchange;

import io.switchboard.message.FailureCode;
import java.util.List;

/**
 * What became of a survey: every worker that was asked is in exactly one of the lists.
 *
 * @param replies  in the order in which they came
 * @param missing  who gave no answer, and why not: DEADLINE, NODE_DOWN, NO_WORKER when it was
 *                 detached meanwhile, OVERLOADED when it was full, CANCELLED when enough others
 *                 had answered
 * @param failures whose handler failed: WORKER_FAILED, BAD_REQUEST or DENIED
 */
public record Survey(List<Answer> replies, List<Unanswered> missing, List<Unanswered> failures) {
  /** One worker's reply. */
  public record Answer(String node, long worker, Reply reply) {
    /** The reply's body. */
    public Object body() {
      return reply.body();
    }
  }

  /** A worker without a reply, and the failure that stands in its place. */
  public record Unanswered(String node, long worker, FailureCode code, String message) {
  }
}
