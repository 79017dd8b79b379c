package io.switchboard.container;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What tells one version of a file from the next without reading it.
 *
 * @param fileKey the file system's identity of the file (its inode), so that a file moved over
 *                another of equal size and time is noticed; null where there is none
 */
record Fingerprint(long size, Instant modified, Object fileKey) {
  static Fingerprint of(BasicFileAttributes attributes) {
    return new Fingerprint(
      attributes.size(), attributes.lastModifiedTime().toInstant(), attributes.fileKey());
  }
}
