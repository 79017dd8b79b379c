package io.switchboard.container;

import io.switchboard.options.Option;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * How one verticle file is doing.
 *
 * @param name           the file's name without its extension
 * @param file           the file's name
 * @param instances      of the running version; 0 when none runs
 * @param threading      of the running version: event-loop, worker or virtual-thread; or null
 * @param deployedAt     when the running version was; null when none runs
 * @param error          one line: why the file's latest version does not run, or null. A verticle
 *                       that is deployed and has an error still runs its version before
 * @param retiredLoaders class loaders of former versions that are not collected yet
 */
public record VerticleStatus(
  String name, String file, State state, int instances, String threading, Instant deployedAt,
  String error, int retiredLoaders) {

  /** Where a verticle is in its life. */
  public enum State {
    /** Being loaded and started; no version runs. */
    DEPLOYING,
    /** A version runs; a newer one may be on its way. */
    DEPLOYED,
    /** No version runs; the error says why. */
    FAILED,
    /** Its file was removed, or the container stops. */
    UNDEPLOYING
  }

  /** As the listing endpoints show it; what is null is left out. */
  public JsonObject toJson() {
    var json = new JsonObject()
      .put("name", name)
      .put("file", file)
      .put("state", Option.word(state))
      .put("instances", instances)
      .put("retiredLoaders", retiredLoaders);
    if (threading != null) {
      json.put("threading", threading);
    }
    if (deployedAt != null) {
      json.put("deployedAt", deployedAt.toString());
    }
    if (error != null) {
      json.put("error", error);
    }
    return json;
  }
}
