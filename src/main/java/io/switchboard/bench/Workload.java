package io.switchboard.bench;

import java.util.List;

/** What can be measured; both contenders do the same work. */
public enum Workload {
  /** Requests to a worker on another node, so many under way, and at a fixed rate. */
  REQUEST("requests to another node: 1, 16, 256 outstanding, and at a fixed rate"),
  /** One-way messages to one worker on another node, counted where they arrive. */
  SEND("one-way messages to one worker of another node, counted there"),
  /** One publisher, many subscribers on the event loops of another node. */
  PUBLISH("events to 100 subscribers on all event loops of another node, counted there"),
  /** An answer in chunks without an end, under the receiver's window. */
  STREAM("an answer in chunks, small ones and ones of 64 KiB"),
  /** Requests to a worker on the same node, on another event loop. */
  LOCAL("requests on the same node, from one event loop to another, 256 outstanding"),
  /** Bodies of 64 KiB to another node, beside a raw TCP socket. */
  BYTES("one-way bodies of 64 KiB, beside a raw Vert.x TCP socket"),
  /** Tasks through a queue with a copy on another node, and how long one takes. */
  TASKS("tasks, submitted to acked with a copy on another node; and one's way to its worker"),
  /** 10,000 exchanges or addresses on another node, until each has answered once. */
  REGISTER("10,000 exchanges with a worker each, until each has answered another node"),
  /** Requests to two nodes, one of which is killed. */
  FAILOVER("requests at 2,000/s to an idempotent exchange while one of two nodes is killed");

  /** What {@code bench} measures when nothing is named: all that is quick. */
  public static final List<Workload> QUICK = List.of(REQUEST, SEND, PUBLISH, LOCAL, BYTES);

  private final String explanation;

  Workload(String explanation) {
    this.explanation = explanation;
  }

  /** What it does, for people. */
  public String explanation() {
    return explanation;
  }
}
