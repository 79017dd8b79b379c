package io.switchboard.task;

import io.vertx.core.Context;
import java.util.ArrayList;

/**
 * Tells askers on their own contexts what has become of what they asked. What comes in a row for
 * one context costs one task of the event loop. On one lane's thread.
 */
final class Answers {
  private Group open;

  private final class Group {
    private final Context context;
    private final ArrayList<AskedOperation<?>> operations = new ArrayList<>();

    private Group(Context context) {
      this.context = context;
    }

    private void run(Void ignored) {
      if (open == this) {
        open = null;
      }
      operations.forEach(AskedOperation::tell);
    }
  }

  /** The operation's context is on this lane's event loop. */
  void tell(AskedOperation<?> operation, Context context) {
    if (open == null || open.context != context) {
      open = new Group(context);
      context.runOnContext(open::run);
    }
    open.operations.add(operation);
  }
}
