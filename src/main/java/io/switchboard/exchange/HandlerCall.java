package io.switchboard.exchange;

import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Calls what users hand over. Whatever it throws is the failure of that one call, an error as
 * well: a class may be missing since its verticle was swapped, and what waits behind this call
 * must go on. An error of the virtual machine itself is thrown once more afterwards, in a task
 * of its own on the same context, for whoever looks after such.
 */
public final class HandlerCall {
  private HandlerCall() {
  }

  /** What the handler returns, null included; a failed future for what it throws. */
  public static <T> Future<?> call(Function<T, Future<?>> handler, T argument) {
    try {
      return handler.apply(argument);
    } catch (Throwable failure) {
      return Future.failedFuture(noted(failure));
    }
  }

  /** Null, or what the handler has thrown. */
  public static <T> Throwable run(Consumer<T> handler, T argument) {
    try {
      handler.accept(argument);
      return null;
    } catch (Throwable failure) {
      return noted(failure);
    }
  }

  private static Throwable noted(Throwable failure) {
    var context = Vertx.currentContext();
    if (failure instanceof VirtualMachineError error && context != null) {
      context.runOnContext(ignored -> {
        throw error;
      });
    }
    return failure;
  }

  /** What others are told of a handler's failure. */
  public static String text(Throwable failure) {
    boolean isKind = failure instanceof SwitchboardException || failure instanceof Error;
    return isKind ? failure.toString()
      : failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
  }
}
