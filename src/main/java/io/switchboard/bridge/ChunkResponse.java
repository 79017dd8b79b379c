package io.switchboard.bridge;

import io.switchboard.exchange.ReplyStream;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * A stream as an HTTP answer, at the client's pace. The head goes out with the first chunk, so
 * that what fails before it is a problem with its status; what fails later breaks the
 * connection off, which no client takes for the end. Small chunks of one tick go out together.
 * Belongs to the response's event loop, where it is to be made.
 */
final class ChunkResponse {
  private static final int GATHER_BYTES = 16 * 1024;

  private final ReplyStream stream;
  private final ChunkFormat format;
  private final HttpServerResponse response;
  private final Context context = Vertx.currentContext();
  private Buffer gathered = Buffer.buffer();
  private boolean begun;
  private boolean flushScheduled;
  private long written;

  ChunkResponse(ReplyStream stream, ChunkFormat format, HttpServerResponse response) {
    this.stream = stream;
    this.format = format;
    this.response = response;
  }

  void start() {
    response.closeHandler(gone -> stream.cancel());
    response.drainHandler(drained -> stream.resume());
    stream.exceptionHandler(this::fail).endHandler(ended -> end()).handler(this::write);
  }

  private void write(Object chunk) {
    if (response.closed()) {
      return;
    }
    begin(chunk);
    var bytes = format.chunk(written++, chunk);
    if (bytes.length() >= GATHER_BYTES && gathered.length() == 0) {
      write(bytes);
      return;
    }
    gathered.appendBuffer(bytes);
    if (gathered.length() >= GATHER_BYTES) {
      flush();
    } else if (!flushScheduled) {
      flushScheduled = true;
      context.runOnContext(ignored -> {
        flushScheduled = false;
        flush();
      });
    }
  }

  private void flush() {
    if (gathered.length() > 0 && !response.closed() && !response.ended()) {
      var bytes = gathered;
      gathered = Buffer.buffer();
      write(bytes);
    }
  }

  private void write(Buffer bytes) {
    response.write(bytes);
    if (response.writeQueueFull()) {
      stream.pause();
    }
  }

  private void begin(Object first) {
    if (!begun) {
      begun = true;
      response.setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, format.contentType(first))
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Accel-Buffering", "no");
    }
  }

  private void end() {
    if (!response.closed()) {
      begin(null);
      flush();
      response.end(format.end(written));
    }
  }

  private void fail(Throwable reason) {
    var problem = Problem.of(reason);
    if (!response.headWritten() || response.closed()) {
      problem.writeTo(response);
      return;
    }
    flush();
    var last = format.failure(written, problem);
    if (last.length() == 0) {
      response.reset();
    } else {
      response.write(last).onComplete(told -> response.reset());
    }
  }
}
