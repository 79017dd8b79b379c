package io.switchboard.trunk;

import io.switchboard.lane.Lane;

/** Everything between this node and one other node. */
public final class Trunk {
  /** How a peer stands. */
  public enum State {
    /** It has greeted, but may not know us yet. */
    GREETED,
    /** Messages may be sent. */
    OPEN,
    /** It says nothing or cannot be reached; it is treated as gone until it speaks again. */
    SILENT,
    /** It said GOODBYE, was replaced by a new incarnation, or has been silent for long. */
    GONE
  }

  private final int number;
  private final Trunks trunks;
  private final Channel[][] channels;
  private volatile Peer peer;
  private volatile State state = State.GREETED;
  /** A lane has lost its way to the peer, and the control lane has not heard of it yet. */
  private volatile boolean broken;
  private volatile boolean spoken;
  private volatile String reason = "";
  private long lastHeardNanos = System.nanoTime();
  private boolean unreachable;
  private int session;
  private int peerSession;

  Trunk(int number, Peer peer, Trunks trunks, int lanes) {
    this.number = number;
    this.peer = peer;
    this.trunks = trunks;
    this.channels = new Channel[lanes][peer.lanes()];
    beginSession();
  }

  /** From 1; dense; never used again by this node. */
  public int number() {
    return number;
  }

  /** What the peer said of itself last. */
  public Peer peer() {
    return peer;
  }

  void peer(Peer peer) {
    this.peer = peer;
  }

  public State state() {
    return state;
  }

  /** True while messages may be sent. */
  public boolean isOpen() {
    return state == State.OPEN && !broken;
  }

  /**
   * True while what the peer asks may be answered: also before the trunk is open, once the peer
   * has spoken again, as it may have opened its side already.
   */
  public boolean takesAnswers() {
    return isOpen() || spoken;
  }

  /** The peer has said something in this session. On the control lane. */
  void spoke() {
    spoken = true;
  }

  /** {@link #isOpen} as far as the control lane knows. On the control lane. */
  boolean isUp() {
    return state == State.OPEN;
  }

  /** Why it is not open; empty while it is. */
  public String reason() {
    return reason;
  }

  void state(State state, String reason) {
    this.state = state;
    this.reason = reason;
    broken = false;
  }

  /** True when what was sent last could not be delivered. On the control lane. */
  boolean isUnreachable() {
    return unreachable;
  }

  void unreachable(boolean unreachable) {
    this.unreachable = unreachable;
  }

  /**
   * The number of this node's session with the peer. What one of the two drops, the other must
   * take for lost: each time, a node begins a session, of a later number than all before, and the
   * trunk opens when each side has heard of the other's. On the control lane.
   */
  int session() {
    return session;
  }

  /** What is under way is dropped. On the control lane. */
  void beginSession() {
    spoken = false;
    session = trunks.nextSession();
  }

  /** The peer's session as it was heard last; 0 before. On the control lane. */
  int peerSession() {
    return peerSession;
  }

  /** Notes the peer's session; true when it has begun it since the last time. */
  boolean hearSession(int number) {
    boolean isLater = peerSession != 0 && number > peerSession;
    peerSession = Math.max(peerSession, number);
    return isLater;
  }

  /** Nanoseconds since the last sign of life. On the control lane. */
  long silentNanos(long nowNanos) {
    return nowNanos - lastHeardNanos;
  }

  void heard(long nowNanos) {
    unreachable = false;
    lastHeardNanos = nowNanos;
  }

  /** The channel from a lane of this node to one of the peer's. On that lane's thread. */
  public Channel channel(Lane lane, int peerLane) {
    var ofLane = channels[lane.index()];
    var channel = ofLane[peerLane];
    if (channel == null) {
      channel = trunks.newChannel(this, lane, peerLane);
      ofLane[peerLane] = channel;
    }
    return channel;
  }

  /** The lane of the peer that one of this node's lanes talks to where any would do. */
  public int pairedLane(Lane lane) {
    return lane.index() % peer.lanes();
  }

  /** The channels of one lane that exist; on that lane's thread. Cells may be null. */
  Channel[] channelsOf(Lane lane) {
    return channels[lane.index()];
  }

  /** Whoever waits on that lane is told at once, everybody else by the control lane. */
  void linkFailed(Lane lane, Throwable cause) {
    if (state == State.OPEN) {
      broken = true;
      trunks.tellLane(this, lane, cause);
    }
    trunks.linkFailed(this, cause);
  }

  @Override
  public String toString() {
    return peer.name() + "@" + peer.id();
  }
}
