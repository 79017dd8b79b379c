package io.switchboard.task;

import io.switchboard.message.FrameReader;
import io.switchboard.message.TaskFrames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Asks the owner something that is rare enough for JSON. */
final class AskOperation extends AskedOperation<JsonObject> {
  private static final String AGAIN = "again";
  private static final int ROOM_FOR_AGAIN = 32;

  private final JsonObject question;
  private final Buffer text;

  AskOperation(String exchange, JsonObject question) {
    super(exchange);
    this.question = question;
    text = question.toBuffer();
  }

  /** Whether it was asked before, and may have been answered. */
  static boolean isRepeated(JsonObject question) {
    return question.getBoolean(AGAIN, false);
  }

  @Override
  boolean needsQuorum() {
    return true;
  }

  @Override
  int sizeBound() {
    return TaskFrames.sizeBound(exchange, null, null, text.length() + ROOM_FOR_AGAIN);
  }

  @Override
  void write(Buffer out) {
    int start = TaskFrames.begin(out, TaskFrames.ASK);
    TaskFrames.text(out, exchange);
    out.appendLong(correlation)
      .appendBuffer(again ? question.copy().put(AGAIN, true).toBuffer() : text);
    TaskFrames.end(out, start);
  }

  @Override
  void done(FrameReader answer) {
    succeeded(new JsonObject(answer.readRest()));
  }
}
