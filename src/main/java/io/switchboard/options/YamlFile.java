package io.switchboard.options;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a configuration file: YAML without tags, of at most 1 MiB, no key twice. */
public final class YamlFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_ALIASES = 16;

  private YamlFile() {
  }

  /**
   * Reads the file; blocks. Empty when there is none.
   *
   * @throws InvalidOption when it cannot be read; the message has the file's name and, for a
   *                       mistake in it, the line
   */
  public static Optional<JsonObject> read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new InvalidOption(file + ": is a directory, not a file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new InvalidOption(file + ": is larger than 1 MiB; is it the right file?");
      }
      return Optional.of(parse(file.toString(), decoded(Files.readAllBytes(file))));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (AccessDeniedException denied) {
      throw new InvalidOption(file + ": permission to read it is denied");
    } catch (CharacterCodingException notText) {
      throw new InvalidOption(file + ": is not UTF-8 text");
    } catch (IOException broken) {
      throw new InvalidOption(file + ": cannot be read: " + broken.getMessage());
    }
  }

  /** @param name stands before the line in refusals */
  static JsonObject parse(String name, String text) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    Object document;
    try {
      document = new Yaml(new SafeConstructor(options)).load(text);
    } catch (MarkedYAMLException mistake) {
      var mark = mistake.getProblemMark();
      throw new InvalidOption(name + (mark == null ? "" : ":" + (mark.getLine() + 1)) + ": "
        + line(mistake.getProblem()));
    } catch (YAMLException mistake) {
      throw new InvalidOption(name + ": " + line(mistake.getMessage()));
    }
    if (document == null) {
      return new JsonObject();
    }
    if (json(name, "", document, 0) instanceof JsonObject object) {
      return object;
    }
    throw new InvalidOption(name + ": must hold keys and values such as 'name: alpha'");
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes))
      .toString();
  }

  private static Object json(String name, String path, Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new InvalidOption(name + ": " + path + ": nested too deep");
    }
    if (value instanceof Map<?, ?> map) {
      var object = new JsonObject();
      map.forEach((key, item) -> {
        if (!(key instanceof String text)) {
          throw new InvalidOption(name + ": the key " + path + key
            + " is not read as text; put it in quotes");
        }
        object.put(text, json(name, path + text + ".", item, depth + 1));
      });
      return object;
    }
    if (value instanceof List<?> list) {
      var array = new JsonArray();
      list.forEach(item -> array.add(json(name, path, item, depth + 1)));
      return array;
    }
    if (value == null || value instanceof String || value instanceof Number
      || value instanceof Boolean) {
      return value;
    }
    throw new InvalidOption(name + ": " + path.replaceAll("\\.$", "")
      + ": is read as " + value.getClass().getSimpleName() + "; put the text in quotes");
  }

  private static String line(String message) {
    return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
