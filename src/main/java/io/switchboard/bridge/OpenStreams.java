package io.switchboard.bridge;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has to be ended politely before a server closes. Belongs to one event loop. */
final class OpenStreams {
  /** Something that would go on for ever. */
  interface Stream {
    /** Tells the client that this is the end. Idempotent. */
    void end();
  }

  private final Set<Stream> open = new HashSet<>();

  void add(Stream stream) {
    open.add(stream);
  }

  void remove(Stream stream) {
    open.remove(stream);
  }

  /** Ends all that are open now. */
  void endAll() {
    List.copyOf(open).forEach(Stream::end);
  }
}
