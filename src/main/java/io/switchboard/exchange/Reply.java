package io.switchboard.exchange;

import io.switchboard.message.Headers;
import io.switchboard.message.Message;

/** A worker's answer to a request. */
public final class Reply extends Message {
  Reply(Object body, Headers headers) {
    super(body, headers);
  }

  /** What a handler returns to answer with headers beside the body. */
  public static Reply of(Object body, Headers headers) {
    return new Reply(body, headers);
  }
}
