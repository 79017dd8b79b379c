package io.switchboard.routing;

import io.switchboard.message.Names;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * That an exchange exists, and how it behaves.
 *
 * @param options complete, with every default filled in, so that two declarations are the same
 *                exactly when they are equal; never changed after construction
 */
public record Declaration(String name, Kind kind, JsonObject options) {
  /** Throws BAD_REQUEST for a name outside the grammar. */
  public Declaration {
    Names.requireName(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(options);
  }

  /** {@code {"name","kind","options"}}. */
  public JsonObject toJson() {
    return new JsonObject().put("name", name).put("kind", kind.word())
      .put("options", options.copy());
  }

  /** The reverse of {@link #toJson()}, for what another node wrote. */
  public static Declaration fromJson(JsonObject json) {
    return new Declaration(json.getString("name"), Kind.of(json.getString("kind")),
      json.getJsonObject("options", new JsonObject()));
  }
}
