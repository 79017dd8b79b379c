package io.switchboard.options;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * A configuration that is put together from several sources: what is added later wins over what
 * was added before. Objects are merged key by key, lists are replaced. Each source is checked
 * when it is added, so that a refusal names where the bad value came from. Not thread-safe.
 */
public final class Layers {
  private final KnownKeys known;
  private final JsonObject merged = new JsonObject();

  /** @param sections what may be configured; one with an empty path holds the top level */
  public Layers(List<OptionSet> sections) {
    this.known = new KnownKeys(sections);
  }

  /** True when the key path can be set. */
  public boolean knows(String path) {
    return known.allows(path);
  }

  /**
   * Adds a whole document.
   *
   * @param origin the file's name, for refusals
   * @throws InvalidOption for an unknown key or a value that cannot be used
   */
  public Layers add(String origin, JsonObject document) {
    var layer = withoutNulls(document);
    try {
      check(layer);
    } catch (InvalidOption reason) {
      throw new InvalidOption(origin + ": " + reason.getMessage());
    }
    merged.mergeIn(layer, true);
    return this;
  }

  /**
   * Adds one value.
   *
   * @param origin the flag or variable, for refusals
   * @param path   a known key path, or one below a free key such as {@code exchanges}
   * @param value  as text; JSON is understood where a list or an object may stand
   * @throws InvalidOption for an unknown path or a value that cannot be used
   */
  public Layers set(String origin, String path, String value) {
    if (!known.allows(path)) {
      throw new InvalidOption(origin + ": '" + path + "'" + known.hint(path));
    }
    var words = path.split("\\.", -1);
    var layer = new JsonObject();
    var section = layer;
    for (int i = 0; i < words.length - 1; i++) {
      var next = new JsonObject();
      section.put(words[i], next);
      section = next;
    }
    section.put(words[words.length - 1], read(path, value));
    return add(origin, layer);
  }

  /**
   * Adds what the environment says: {@code SWITCHBOARD_HTTP_PORT} is {@code http.port}.
   *
   * @throws InvalidOption for a variable that starts with SWITCHBOARD_ and means nothing
   */
  public Layers environment(Map<String, String> variables) {
    for (var setting : EnvironmentKeys.settings(variables, known.paths())) {
      set(setting.variable(), setting.path(), setting.value());
    }
    return this;
  }

  /** A copy of what all sources say together; defaults are not in it. */
  public JsonObject merged() {
    return merged.copy();
  }

  private Object read(String path, String value) {
    if (!known.takesJson(path)) {
      return value;
    }
    try {
      var json = Json.decodeValue(value);
      return json == null ? value : json;
    } catch (DecodeException notJson) {
      return value;
    }
  }

  private void check(JsonObject layer) {
    for (var set : known.sections()) {
      var section = section(layer, set.path());
      if (section == null) {
        continue;
      }
      var own = new JsonObject();
      for (var key : section.fieldNames()) {
        var path = set.path().isEmpty() ? key : set.path() + "." + key;
        if (!known.isSection(path)) {
          own.put(key, section.getValue(key));
        }
      }
      var values = set.read(own);
      set.options().forEach(values::get);
    }
  }

  private static JsonObject section(JsonObject layer, String path) {
    var section = layer;
    for (var word : path.isEmpty() ? new String[0] : path.split("\\.")) {
      var value = section.getValue(word);
      if (value == null) {
        return null;
      }
      if (!(value instanceof JsonObject object)) {
        throw new InvalidOption(path + ": is a section with keys of its own, not '"
          + value + "'");
      }
      section = object;
    }
    return section;
  }

  private static JsonObject withoutNulls(JsonObject document) {
    var copy = new JsonObject();
    for (var entry : document) {
      var value = entry.getValue();
      if (value instanceof JsonObject object) {
        copy.put(entry.getKey(), withoutNulls(object));
      } else if (value instanceof JsonArray array) {
        copy.put(entry.getKey(), array.copy());
      } else if (value != null) {
        copy.put(entry.getKey(), value);
      }
    }
    return copy;
  }
}
