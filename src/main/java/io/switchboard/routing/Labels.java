package io.switchboard.routing;

import io.switchboard.options.InvalidOption;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node or a worker says of itself in words, such as {@code zone: a}: at most 16 names of
 * 1 to 60 of A-Z a-z 0-9 . _ - with texts of 1 to 100 characters.
 */
public final class Labels {
  private static final int MAX = 16;
  private static final int MAX_VALUE = 100;
  private static final String NAME = "[A-Za-z0-9._-]{1,60}";
  private static final String LABELS = "labels";
  private static final String WEIGHT = "weight";
  private static final int MAX_WEIGHT = 1_000;

  private Labels() {
  }

  /** Reads them from JSON; values may be texts, numbers, or booleans. Throws InvalidOption. */
  public static Map<String, String> read(JsonObject json, String at) {
    var labels = new TreeMap<String, String>();
    for (var entry : json) {
      labels.put(entry.getKey(), String.valueOf(entry.getValue()));
    }
    try {
      return checked(labels);
    } catch (IllegalArgumentException reason) {
      throw new InvalidOption(at + ": " + reason.getMessage());
    }
  }

  /** The same labels, never changed. Throws IllegalArgumentException for one that is none. */
  public static Map<String, String> checked(Map<String, String> labels) {
    if (labels.size() > MAX) {
      throw new IllegalArgumentException("at most " + MAX + " labels, not " + labels.size());
    }
    labels.forEach((name, value) -> {
      if (!name.matches(NAME)) {
        throw new IllegalArgumentException(
          "a label's name is 1 to 60 of A-Z a-z 0-9 . _ -, not '" + name + "'");
      }
      if (value.isEmpty() || value.length() > MAX_VALUE) {
        throw new IllegalArgumentException(
          "label " + name + " has 1 to " + MAX_VALUE + " characters, not " + value.length());
      }
    });
    return Map.copyOf(labels);
  }

  /** Throws IllegalArgumentException for a weight that is not 1 to 1,000. */
  public static int checkedWeight(int weight) {
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
        "a weight is between 1 and " + MAX_WEIGHT + ", not " + weight);
    }
    return weight;
  }

  /** As a worker's attributes say it; what is not said takes no room. */
  public static JsonObject attributes(int weight, Map<String, String> labels) {
    var attributes = new JsonObject();
    if (weight != 1) {
      attributes.put(WEIGHT, weight);
    }
    if (!labels.isEmpty()) {
      var json = new JsonObject();
      new TreeMap<>(labels).forEach(json::put);
      attributes.put(LABELS, json);
    }
    return attributes;
  }

  /** What another node wrote: nothing for what is no label, never an exception. */
  static Map<String, String> ofAttributes(JsonObject attributes) {
    if (attributes.getValue(LABELS) instanceof JsonObject json) {
      var labels = new TreeMap<String, String>();
      for (var entry : json) {
        labels.put(entry.getKey(), String.valueOf(entry.getValue()));
      }
      return Map.copyOf(labels);
    }
    return Map.of();
  }

  static int weightOfAttributes(JsonObject attributes) {
    return attributes.getValue(WEIGHT) instanceof Number number
      ? Math.max(1, Math.min(MAX_WEIGHT, number.intValue())) : 1;
  }
}
