package io.switchboard.container;

/** What happened to a file of the directory, once it has settled. */
record FileChange(String file, What what) {
  enum What { APPEARED_OR_CHANGED, REMOVED }

  static FileChange changed(String file) {
    return new FileChange(file, What.APPEARED_OR_CHANGED);
  }

  static FileChange removed(String file) {
    return new FileChange(file, What.REMOVED);
  }
}
