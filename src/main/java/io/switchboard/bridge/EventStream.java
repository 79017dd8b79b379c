package io.switchboard.bridge;

import io.switchboard.exchange.Attachment;
import io.switchboard.exchange.Change;
import io.switchboard.topic.Event;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription as server-sent events. The id counts what the subscription got, lost events
 * included. Belongs to the response's event loop.
 */
final class EventStream implements OpenStreams.Stream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final String SOURCE = "subscription";
  private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");
  private static final Buffer OPENING = Buffer.buffer("retry: 2000\n\n");

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final HttpOptions options;
  private final OutgoingQueue queue;
  private Attachment attachment;
  private boolean started;
  private boolean closed;
  private long heartbeat = -1;
  private long count;

  EventStream(Vertx vertx, HttpServerResponse response, HttpOptions options) {
    this.vertx = vertx;
    this.response = response;
    this.options = options;
    this.queue = new OutgoingQueue(options.streamBuffer(), options.streamBufferBytes(),
      (source, lost) -> frame("gap", new JsonObject().put("lost", lost)));
  }

  /**
   * Follows what the source attaches, until the client goes away or all open streams are ended.
   * A refusal of the source is the answer.
   */
  void follow(
    OpenStreams streams, Function<EventStream, Future<? extends Attachment>> source) {
    streams.add(this);
    response.closeHandler(gone -> {
      streams.remove(this);
      close();
    });
    source.apply(this)
      .onSuccess(this::start)
      .onFailure(failure -> Problem.of(failure).writeTo(response));
  }

  /** Takes one event; before {@link #start} it waits. */
  void event(Event event) {
    if (closed) {
      return;
    }
    if (event.lost() > 0) {
      count += event.lost();
      queue.lost(SOURCE, event.lost());
    }
    count++;
    var data = new JsonObject().put("key", event.key())
      .put("body", EmbeddedBody.of(event.body()));
    if (!event.headers().isEmpty()) {
      data.put("headers", EmbeddedBody.of(event.headers()));
    }
    if (event.isRetained()) {
      data.put("retained", true);
    }
    queue.offerEvent(SOURCE, frame("message", data));
    pump();
  }

  /** Takes what a monitor is told. */
  void change(Change change) {
    if (!closed) {
      count++;
      queue.offerEvent(SOURCE, frame(change.isUp() ? "up" : "down", new JsonObject()
        .put("exchange", change.exchange()).put("reason", change.reason().name())
        .put("detail", change.detail())));
      pump();
    }
  }

  /** The subscription stands: the head goes out at once, so that the client knows. */
  private void start(Attachment attachment) {
    this.attachment = attachment;
    if (closed) {
      detach();
      return;
    }
    response.setChunked(true)
      .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
      .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
      .putHeader("X-Accel-Buffering", "no")
      .drainHandler(drained -> pump())
      .write(OPENING);
    started = true;
    heartbeat = vertx.setPeriodic(options.streamHeartbeat().toMillis(), timer -> beat());
    pump();
  }

  /** The client has gone, or is to go: nothing more is written. Idempotent. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    queue.clear();
    if (heartbeat >= 0) {
      vertx.cancelTimer(heartbeat);
    }
    if (attachment != null) {
      detach();
    }
  }

  @Override
  public void end() {
    boolean toEnd = started && !closed;
    close();
    if (toEnd) {
      response.end();
    }
  }

  private void pump() {
    while (started && !closed && !response.writeQueueFull()) {
      var frame = queue.poll();
      if (frame == null) {
        return;
      }
      response.write(frame);
    }
  }

  private void beat() {
    if (!response.writeQueueFull()) {
      response.write(HEARTBEAT);
    }
  }

  private void detach() {
    attachment.detach().onFailure(failure ->
      LOG.warn("A subscription to '{}' could not be detached", attachment.exchange(), failure));
  }

  /** JSON has no line breaks outside strings and escapes them inside: one data line. */
  private Buffer frame(String type, JsonObject data) {
    return Buffer.buffer("event: " + type + "\nid: " + count + "\ndata: ")
      .appendBuffer(data.toBuffer()).appendString("\n\n");
  }
}
