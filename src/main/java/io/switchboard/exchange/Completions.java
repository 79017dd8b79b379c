package io.switchboard.exchange;

import io.vertx.core.Context;
import java.util.ArrayList;

/**
 * Tells callers on their own contexts what has become of their requests. What is settled for
 * one context in a row costs one task of the event loop. On one lane's thread.
 */
final class Completions {
  private Group open;

  private final class Group {
    private final Context context;
    private final ArrayList<PendingCall> calls = new ArrayList<>();

    private Group(Context context) {
      this.context = context;
    }

    private void run(Void ignored) {
      if (open == this) {
        open = null;
      }
      for (int i = 0; i < calls.size(); i++) {
        calls.get(i).tell();
      }
    }
  }

  void complete(PendingCall call) {
    var context = call.context;
    if (context == null) {
      call.tell();
    } else if (!call.isFromLane()) {
      context.runOnContext(ignored -> call.tell());
    } else if (open != null && open.context == context) {
      open.calls.add(call);
    } else {
      open = new Group(context);
      open.calls.add(call);
      context.runOnContext(open::run);
    }
  }
}
