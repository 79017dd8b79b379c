package io.switchboard.exchange;

import io.vertx.core.Future;
import java.util.function.Function;

public final class RequestExchange {
  public String name() { throw new UnsupportedOperationException(); }
  /** reply or SwitchboardException failure, always by the deadline; completes on caller's context */
  public Future<Reply> request(Object body) { return request(body, CallOptions.DEFAULT); }
  public Future<Reply> request(Object body, CallOptions options) { throw new UnsupportedOperationException(); }
  /** completes when accepted (on the way to one worker) */
  public Future<Void> send(Object body) { return send(body, CallOptions.DEFAULT); }
  public Future<Void> send(Object body, CallOptions options) { throw new UnsupportedOperationException(); }
  /** handler runs on the calling context; its returned future's value is the answer (a Reply may carry headers) */
  public Future<Attachment> serve(Function<Request, Future<?>> handler) { throw new UnsupportedOperationException(); }
}
