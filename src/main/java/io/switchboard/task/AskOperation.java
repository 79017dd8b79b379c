package io.switchboard.task;

import io.switchboard.message.FrameReader;
import io.switchboard.message.TaskFrames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Asks the owner something that is rare enough for JSON. */
final class AskOperation extends AskedOperation<JsonObject> {
  private final Buffer question;

  AskOperation(String exchange, JsonObject question) {
    super(exchange);
    this.question = question.toBuffer();
  }

  @Override
  boolean needsQuorum() {
    return true;
  }

  @Override
  int sizeBound() {
    return TaskFrames.sizeBound(exchange, null, null, question.length());
  }

  @Override
  void write(Buffer out) {
    int start = TaskFrames.begin(out, TaskFrames.ASK);
    TaskFrames.text(out, exchange);
    out.appendLong(correlation).appendBuffer(question);
    TaskFrames.end(out, start);
  }

  @Override
  void done(FrameReader answer) {
    succeeded(new JsonObject(answer.readRest()));
  }
}
