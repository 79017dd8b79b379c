package io.switchboard.exchange;

import java.time.Duration;

/**
 * How a survey ends early, beside what every call may say. Immutable; keep and reuse it.
 *
 * @param enough the survey ends with so many replies; at least 1
 * @param call   the timeout and the headers; the key does not count, all workers are asked
 */
public record SurveyOptions(int enough, CallOptions call) {
  /** Everybody's answer, by the exchange's own deadline. */
  public static final SurveyOptions DEFAULT = all(CallOptions.DEFAULT);

  public SurveyOptions {
    if (enough < 1) {
      throw new IllegalArgumentException("enough is at least 1, not " + enough);
    }
  }

  /** Everybody's answer. */
  public static SurveyOptions all(CallOptions call) {
    return new SurveyOptions(Integer.MAX_VALUE, call);
  }

  /** The first so many replies will do. */
  public static SurveyOptions enough(int replies) {
    return new SurveyOptions(replies, CallOptions.DEFAULT);
  }

  /** The survey ends after this time in any case. */
  public SurveyOptions within(Duration timeout) {
    return with(call.timeout(timeout));
  }

  /** Replaces timeout and headers. */
  public SurveyOptions with(CallOptions call) {
    return new SurveyOptions(enough, call);
  }
}
