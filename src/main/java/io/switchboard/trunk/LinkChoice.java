package io.switchboard.trunk;

/** Which link carries the batches. */
public enum LinkChoice {
  /** Sockets where a peer can be dialled, else the event bus. */
  AUTO,
  /** Sockets only. */
  SOCKET,
  /** The event bus only. */
  EVENTBUS
}
