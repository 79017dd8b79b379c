package io.switchboard.exchange;

import io.switchboard.message.Headers;
import io.switchboard.message.Names;
import java.time.Duration;

/**
 * What a client may say beside the body. Immutable; keep and reuse it.
 *
 * @param timeout how long to wait for the answer; null for the exchange's default
 * @param key     the balancing key; null for none
 * @param headers travel with the message
 */
public record CallOptions(Duration timeout, String key, Headers headers) {
  /** The exchange's defaults. */
  public static final CallOptions DEFAULT = new CallOptions(null, null, Headers.NONE);

  public CallOptions {
    Names.requireKey(key);
  }

  /** The answer must come within this time: the deadline is now plus the timeout. */
  public static CallOptions within(Duration timeout) {
    return new CallOptions(timeout, null, Headers.NONE);
  }

  /** Messages of one key go to one worker where the balancer goes by key. */
  public CallOptions key(String key) {
    return new CallOptions(timeout, key, headers);
  }

  /** Adds or replaces a header. */
  public CallOptions header(String name, String value) {
    return new CallOptions(timeout, key, headers.with(name, value));
  }

  /** Replaces the headers. */
  public CallOptions headers(Headers headers) {
    return new CallOptions(timeout, key, headers);
  }
}
