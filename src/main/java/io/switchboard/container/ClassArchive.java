package io.switchboard.container;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Where the classes and resources of one verticle version are. Safe for use by any thread. */
interface ClassArchive extends Closeable {
  /** The content at a path such as {@code a/b/C.class}; null when there is none. */
  InputStream open(String path) throws IOException;

  /** Whether there is something at the path; false once closed. */
  boolean contains(String path);
}
