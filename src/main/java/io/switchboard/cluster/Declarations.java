package io.switchboard.cluster;

import io.switchboard.routing.Declaration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every declaration that this node has heard of, merged so that all nodes come to the same
 * set. Pure, not thread-safe.
 */
final class Declarations {
  /** Deleted names that are remembered; the oldest are forgotten first. */
  static final int MAX_TOMBSTONES = 10_000;

  private final Map<String, Declared> byName = new HashMap<>();
  private final Map<String, Boolean> tombstones = new LinkedHashMap<>();
  private final long self;
  private long digest;

  Declarations(long self) {
    this.self = self;
  }

  /** The living declaration of that name, or null. */
  Declaration get(String name) {
    var declared = byName.get(name);
    return declared == null || declared.deleted() ? null : declared.declaration();
  }

  /** What is kept under that name, a tombstone included, or null. */
  Declared entry(String name) {
    return byName.get(name);
  }

  Collection<Declared> all() {
    return byName.values();
  }

  /** The same on every node that holds the same declarations. */
  long digest() {
    return digest;
  }

  /** Declares where nothing lives. */
  Declared declare(Declaration declaration) {
    return add(new Declared(declaration, nextVersion(declaration.name()), false, self));
  }

  /**
   * Declares with defaults where nothing lives, because somebody attaches. Gives way to a
   * declaration that was made elsewhere and has not been heard of here yet.
   */
  Declared declareImplicitly(Declaration defaults) {
    int version = byName.containsKey(defaults.name()) ? nextVersion(defaults.name()) : 0;
    return add(new Declared(defaults, version, false, self));
  }

  /** Deletes what lives. */
  Declared delete(String name) {
    return add(new Declared(get(name), nextVersion(name), true, self));
  }

  /** Takes in what another node says; true when that changed what is kept here. */
  boolean merge(Declared other) {
    var mine = byName.get(other.name());
    if (mine != null && !other.beats(mine)) {
      return false;
    }
    add(other);
    return true;
  }

  private int nextVersion(String name) {
    var before = byName.get(name);
    return before == null ? 1 : before.version() + 1;
  }

  private Declared add(Declared declared) {
    var replaced = byName.put(declared.name(), declared);
    digest ^= declared.digest() ^ (replaced == null ? 0 : replaced.digest());
    if (declared.deleted()) {
      tombstones.put(declared.name(), true);
      if (tombstones.size() > MAX_TOMBSTONES) {
        forget(tombstones.keySet().iterator().next());
      }
    } else {
      tombstones.remove(declared.name());
    }
    return declared;
  }

  private void forget(String name) {
    tombstones.remove(name);
    digest ^= byName.remove(name).digest();
  }
}
