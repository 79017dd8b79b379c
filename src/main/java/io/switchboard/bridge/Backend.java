package io.switchboard.bridge;

import io.switchboard.collect.CollectExchange;
import io.switchboard.exchange.Exchanges;
import io.switchboard.exchange.RequestExchange;
import io.switchboard.message.FailureCode;
import io.switchboard.message.Names;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.Kind;
import io.switchboard.task.TaskExchange;
import io.switchboard.topic.TopicExchange;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * What stands behind the bridge on this node. Handles are given out only for what is declared:
 * outsiders choose the names.
 *
 * @param metrics Prometheus text; called on a worker thread
 */
record Backend(
  Kinds kinds, Administration administration, Health health, Supplier<String> metrics,
  Dialogues dialogues) {

  Exchanges exchanges() {
    return kinds.exchanges();
  }

  /** Fails with NO_EXCHANGE, CONFLICT and, for a malformed name, BAD_REQUEST. */
  Future<RequestExchange> requests(String name) {
    return declared(name, Kind.REQUEST).map(kind -> exchanges().requests(name));
  }

  /** Fails like {@link #requests}. */
  Future<TopicExchange> topic(String name) {
    return declared(name, Kind.TOPIC).map(kind -> kinds.topics().topic(name));
  }

  /** Fails like {@link #requests}. */
  Future<TaskExchange> tasks(String name) {
    return declared(name, Kind.TASK).map(kind -> kinds.tasks().tasks(name));
  }

  /** Fails like {@link #requests}. */
  Future<CollectExchange> collect(String name) {
    return declared(name, Kind.COLLECT).map(kind -> kinds.collects().collect(name));
  }

  private Future<Kind> declared(String name, Kind wanted) {
    return exchanges().kindOf(Names.requireName(name)).map(kind -> {
      if (kind != wanted) {
        throw new SwitchboardException(FailureCode.CONFLICT, "'" + name + "' is a "
          + kind.word() + " exchange; this is for " + wanted.word() + " exchanges");
      }
      return kind;
    });
  }
}
