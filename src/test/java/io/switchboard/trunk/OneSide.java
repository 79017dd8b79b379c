package io.switchboard.trunk;

import io.switchboard.testing.Await;

/** Lets one node lose sight of its peers. */
public final class OneSide {
  private OneSide() {
  }

  /**
   * Returns when the node has dropped what was under way, and sees its peers again.
   *
   * @param meanwhile is done at once
   */
  public static void losesSight(Trunks trunks, Runnable meanwhile) {
    var before = trunks.open().stream().map(Trunk::session).toList();
    trunks.open().forEach(
      trunk -> trunks.linkFailed(trunk, new IllegalStateException("one side alone")));
    meanwhile.run();
    Await.until("other sessions, that are open", () -> {
      var open = trunks.open();
      return open.size() == before.size()
        && open.stream().noneMatch(trunk -> before.contains(trunk.session()));
    });
  }
}
