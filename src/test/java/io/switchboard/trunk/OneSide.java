package io.switchboard.trunk;

/** Lets one node lose sight of its peers, of which those learn nothing. */
public final class OneSide {
  private OneSide() {
  }

  /** What is under way there is dropped; the next sign of life of a peer ends it. */
  public static void losesSight(Trunks trunks) {
    trunks.open().forEach(
      trunk -> trunks.linkFailed(trunk, new IllegalStateException("one side alone")));
  }
}
