package io.switchboard.exchange;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Directory;
import io.switchboard.routing.Kind;
import io.switchboard.routing.Route;
import io.switchboard.routing.RouteTable;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Finds what is declared, for the handles of every kind. Any thread; nothing blocks. */
public final class Lookup {
  private final Directory directory;

  Lookup(Directory directory) {
    this.directory = directory;
  }

  /** True when an exchange of that name, of whatever kind, is known on this node. */
  public boolean isDeclared(String name) {
    return directory.routes().route(name) != null;
  }

  /**
   * Runs the operation; when that throws NO_EXCHANGE, once more after the other nodes were
   * asked. What it throws then, or throws otherwise, fails the future.
   */
  public <T> Future<T> asking(String exchange, Supplier<Future<T>> operation) {
    try {
      return operation.get();
    } catch (SwitchboardException refusal) {
      if (refusal.code() != FailureCode.NO_EXCHANGE) {
        return Future.failedFuture(refusal);
      }
      return CallerContext.backHere(directory.find(exchange)).compose(found -> {
        try {
          return found ? operation.get() : Future.failedFuture(refusal);
        } catch (SwitchboardException second) {
          return Future.failedFuture(second);
        }
      });
    }
  }

  /**
   * The route of an exchange of that kind in that table. Throws NO_EXCHANGE when nothing of the
   * name is declared there, and CONFLICT when it is of another kind.
   *
   * @param operation what an exchange of another kind does not have, for the message
   */
  public static Route require(RouteTable table, String name, Kind kind, String operation) {
    var route = table.route(name);
    if (route == null) {
      throw unknown(name);
    }
    var declared = route.declaration().kind();
    if (declared != kind) {
      throw new SwitchboardException(FailureCode.CONFLICT, "exchange '" + name
        + "' is a " + declared.word() + " exchange: it has no " + operation);
    }
    return route;
  }

  static SwitchboardException unknown(String exchange) {
    return new SwitchboardException(
      FailureCode.NO_EXCHANGE, "no exchange '" + exchange + "' is declared");
  }
}
