package io.switchboard.container;

import io.switchboard.options.InvalidOption;
import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * How a verticle wants to be deployed: the content of a jar's {@code switchboard.json}.
 *
 * @param config what the verticle reads with {@code config()}
 */
record VerticleDescriptor(int instances, Threading threading, JsonObject config) {
  static final String FILE = "switchboard.json";

  private static final Option<Integer> INSTANCES = Option.number("instances", 1, 1, 1_024,
    "How many instances of the verticle are deployed.");
  private static final Option<Threading> THREADING = Option.choice("threading",
    Threading.EVENT_LOOP, "On which threads the verticle runs.");
  private static final Option<JsonObject> CONFIG = Option.object("config",
    "What the verticle reads with config().");

  static final OptionSet OPTIONS = new OptionSet("", INSTANCES, THREADING, CONFIG);

  /** One instance on an event loop, without configuration. */
  static VerticleDescriptor defaults() {
    return new VerticleDescriptor(
      INSTANCES.defaultValue(), THREADING.defaultValue(), new JsonObject());
  }

  static VerticleDescriptor parse(byte[] json) throws BrokenVerticle {
    try {
      var values = OPTIONS.read(new JsonObject(new String(json, StandardCharsets.UTF_8)));
      var descriptor = new VerticleDescriptor(
        values.get(INSTANCES), values.get(THREADING), values.get(CONFIG).copy());
      descriptor.threading.requireOn(Runtime.version().feature());
      return descriptor;
    } catch (DecodeException notJson) {
      var reason = String.valueOf(notJson.getMessage()).lines().findFirst().orElse("");
      throw new BrokenVerticle(FILE + " is not a JSON object: " + reason, notJson);
    } catch (InvalidOption | BrokenVerticle reason) {
      throw new BrokenVerticle(FILE + ": " + reason.getMessage(), reason);
    }
  }
}
