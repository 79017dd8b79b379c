package io.switchboard.cluster;

import io.switchboard.routing.Declaration;
import io.switchboard.routing.Hash;
import io.vertx.core.json.JsonObject;

/**
 * A declaration, or the memory of a deleted one, as all nodes keep it. Any two can be ordered
 * without asking anyone, so nodes that hear of them in any order end with the same one.
 *
 * @param version counts declarations and deletions of this name
 * @param deleted a tombstone: it keeps a late announcement from bringing the exchange back
 * @param origin  the incarnation of the node that said so; settles a tie
 */
record Declared(Declaration declaration, int version, boolean deleted, long origin) {
  String name() {
    return declaration.name();
  }

  /**
   * How many deletions of the name came before what is declared, or with this one if it is a
   * tombstone. Only where nothing lives is anything declared, so every second version is a
   * deletion; the first declaration has version 0 or 1. Two that were made at the same time, in
   * parts of a cluster perhaps, have the same life: it is later only after a deletion.
   */
  int life() {
    return (deleted ? version + 1 : version) / 2;
  }

  /**
   * True when this one stands and the other falls. Two that say the same have an order as well:
   * each of them may meet a third one that lies between.
   */
  boolean beats(Declared other) {
    return version != other.version ? version > other.version : origin < other.origin;
  }

  boolean saysTheSameAs(Declared other) {
    return deleted == other.deleted && declaration.equals(other.declaration);
  }

  /** What it adds to the digest of all declarations; the origin does not matter. */
  long digest() {
    return Hash.mix(Hash.of(declaration.name()) + 31L * version + (deleted ? 7 : 0)
      + Hash.of(declaration.kind().word() + declaration.options().encode()));
  }

  JsonObject toJson() {
    return declaration.toJson().put("version", version).put("deleted", deleted)
      .put("origin", origin);
  }

  static Declared fromJson(JsonObject json) {
    return new Declared(Declaration.fromJson(json), json.getInteger("version"),
      json.getBoolean("deleted"), json.getLong("origin"));
  }
}
