package io.switchboard.bench;

import io.switchboard.bench.Bench.Meeting;
import java.io.IOException;

/** Starts and kills processes that run far nodes. Its methods block. */
public interface FarProcesses {
  /** Returns when the node is ready. */
  void start(Meeting meeting) throws IOException;

  /** SIGKILL, without a word before; returns when the process is gone. */
  void kill(Meeting meeting) throws InterruptedException;
}
