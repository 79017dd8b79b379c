package io.switchboard.task;

import io.vertx.core.Future;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Where the tasks of exchanges are kept, and who may write there. Knows nothing of tasks: an
 * exchange is a set of slots with bytes. Methods may be called on any thread and never block;
 * futures complete on any thread.
 */
public interface Store {
  /**
   * Where the node is that should own the exchange's queue: its cluster address, empty for this
   * node, null when there is none now. Nodes may disagree for a moment; the ledger's epoch
   * decides between them.
   */
  String owner(String exchange);

  /**
   * Calls, on any thread, when an owner may have changed, and when a node was lost that may have
   * held copies; in the second case both.
   */
  void onChange(Runnable changed, Runnable lost);

  /** True while enough nodes are in reach for what is stored here to survive a merge. */
  boolean hasQuorum();

  /**
   * Takes the exchange over. When the future completes, no former ledger of it can change
   * anything any more, and all that was stored is in the result. Fails when somebody else takes
   * it over at the same time, or the outcome is unknown: then try again.
   *
   * <p>What was stored in an earlier life of the exchange is erased. Where a later one has begun,
   * as a node may not know yet that opens it, that one goes on.
   *
   * @param backups how many other nodes keep a copy, as far as there are so many; what is stored
   *                of this life with another number stays and goes on so
   * @param life    how many exchanges of this name were deleted before
   * @param begun   is told the new epoch, on any thread and before the future completes, once it
   *                is sure that whoever takes over next has a later one
   */
  Future<Opened> open(String exchange, int backups, int life, IntConsumer begun);

  /**
   * Leaves nothing of what was stored before that life. Does nothing to that life or a later one
   * when somebody has opened it. Fails like {@link #open}.
   */
  Future<Void> erase(String exchange, int life);

  /** The ledger and what it holds. */
  record Opened(Ledger ledger, Map<Slot, byte[]> slots) {
  }
}
