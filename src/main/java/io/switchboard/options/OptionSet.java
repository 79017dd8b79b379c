package io.switchboard.options;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options that stand together in one section of the configuration. */
public final class OptionSet {
  private final String path;
  private final Map<String, Option<?>> options = new LinkedHashMap<>();

  /** @param path the section's key path; empty for the top level */
  public OptionSet(String path, Option<?>... options) {
    this.path = path;
    for (var option : options) {
      this.options.put(option.name(), option);
    }
  }

  /** The section's key path; empty for the top level. */
  public String path() {
    return path;
  }

  /** In the order of their declaration. */
  public List<Option<?>> options() {
    return List.copyOf(options.values());
  }

  /** Reads the section. Throws InvalidOption for an unknown key or a value it cannot use. */
  public Values read(JsonObject json) {
    return read(json, path);
  }

  /** The same, for a section that stands at several paths (one for each exchange, say). */
  public Values read(JsonObject json, String at) {
    var prefix = at.isEmpty() ? "" : at + ".";
    for (var key : json.fieldNames()) {
      if (!options.containsKey(key)) {
        throw new InvalidOption(
          prefix + key + ": unknown key" + NearestName.hint(key, options.keySet()));
      }
    }
    return new Values(json, prefix);
  }

  /** What was read: every option has a value, given or default. */
  public final class Values {
    private final JsonObject json;
    private final String prefix;

    private Values(JsonObject json, String prefix) {
      this.json = json;
      this.prefix = prefix;
    }

    /** The value of an option of this set. */
    public <T> T get(Option<T> option) {
      if (options.get(option.name()) != option) {
        throw new IllegalArgumentException(option.name() + " is not of this set");
      }
      var value = json.getValue(option.name());
      if (value == null) {
        return option.defaultValue();
      }
      try {
        return option.parser().apply(value);
      } catch (InvalidOption reason) {
        throw new InvalidOption(prefix + option.name() + ": " + reason.getMessage());
      }
    }
  }
}
