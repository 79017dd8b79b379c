package io.switchboard.options;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One setting: name, type in words, default, a sentence about it, and how a value is read.
 * A value may come as its JSON type or as text (from a flag or an environment variable).
 *
 * @param name         the last word of its key path
 * @param type         for people: {@code text}, {@code number 0-65535}, {@code duration} …
 * @param defaultValue used when the key is absent or null
 * @param about        one sentence for the reference
 * @param parser       turns a JSON value or text into the value; throws InvalidOption with a
 *                     clause such as "is not a number"
 */
public record Option<T>(
  String name, String type, T defaultValue, String about, Function<Object, T> parser) {

  /** Any string. */
  public static Option<String> text(String name, String defaultValue, String about) {
    return new Option<>(name, "text", defaultValue, about, String::valueOf);
  }

  /** A whole number between min and max, both included. */
  public static Option<Integer> number(
    String name, int defaultValue, int min, int max, String about) {
    return new Option<>(name, "number " + min + "-" + max, defaultValue, about, value -> {
      int number = whole(value);
      if (number < min || number > max) {
        throw new InvalidOption("must be between " + min + " and " + max + ", is " + number);
      }
      return number;
    });
  }

  /** True or false. */
  public static Option<Boolean> flag(String name, boolean defaultValue, String about) {
    return new Option<>(name, "true | false", defaultValue, about, value ->
      switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new InvalidOption("must be true or false, is '" + value + "'");
      });
  }

  /** A positive time span: a number of milliseconds, or text such as 250ms, 10s, 5m, 1h. */
  public static Option<Duration> duration(String name, Duration defaultValue, String about) {
    return new Option<>(name, "duration", defaultValue, about, Units::duration);
  }

  /** An amount of memory: a number of bytes, or text such as 64KiB, 1MiB. */
  public static Option<Integer> size(String name, int defaultValue, String about) {
    return new Option<>(name, "size", defaultValue, about, Units::size);
  }

  /** A list of strings; text is split at commas. */
  public static Option<List<String>> list(
    String name, List<String> defaultValue, String about) {
    return new Option<>(name, "list of text", defaultValue, about, value -> {
      var items = value instanceof JsonArray array ? array.getList()
        : Arrays.asList(String.valueOf(value).split(","));
      var texts = new ArrayList<String>();
      for (Object item : items) {
        var text = String.valueOf(item).trim();
        if (!text.isEmpty()) {
          texts.add(text);
        }
      }
      return List.copyOf(texts);
    });
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  public static <E extends Enum<E>> Option<E> choice(
    String name, E defaultValue, String about) {
    var constants = defaultValue.getDeclaringClass().getEnumConstants();
    var words = Arrays.stream(constants).map(Option::word).toList();
    return new Option<>(name, String.join(" | ", words), defaultValue, about, value -> {
      int index = words.indexOf(String.valueOf(value));
      if (index < 0) {
        throw new InvalidOption("is '" + value + "'"
          + NearestName.hint(String.valueOf(value), words));
      }
      return constants[index];
    });
  }

  /** A section of its own, or an object whose keys the user chooses. */
  public static Option<JsonObject> object(String name, String about) {
    return new Option<>(name, "object", new JsonObject(), about, value -> {
      if (value instanceof JsonObject object) {
        return object;
      }
      throw new InvalidOption("must be an object, is '" + value + "'");
    });
  }

  /** How an enum constant is written in configuration: {@code ROUND_ROBIN} is round-robin. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static int whole(Object value) {
    try {
      return value instanceof Number number
        ? Math.toIntExact(exact(number)) : Integer.parseInt(String.valueOf(value).trim());
    } catch (ArithmeticException | NumberFormatException notWhole) {
      throw new InvalidOption("is not a whole number: '" + value + "'");
    }
  }

  private static long exact(Number number) {
    if (number.doubleValue() != Math.rint(number.doubleValue())) {
      throw new ArithmeticException("fraction");
    }
    return number.longValue();
  }
}
