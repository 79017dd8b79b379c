package io.switchboard.readme;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One block of Java in README.md.
 *
 * @param line where its code begins, from 1
 */
record Block(int line, List<String> code) {
  private static final Pattern CLASS = Pattern.compile("public (?:final )?class (\\w+).*");
  private static final Pattern PRINTED = Pattern.compile(".*println\\(.*// (.+)");
  private static final Pattern ATTACHING = Pattern.compile(
    "board\\s*\\.\\w+\\(\"([\\w.-]+)\"[^()]*\\)\\s*\\.(?:serve|subscribe|collect|work)\\(");
  private static final String HEAD = """
    import static io.switchboard.exchange.CallOptions.within;
    import static org.junit.jupiter.api.Assertions.assertEquals;
    import io.switchboard.*;
    import io.switchboard.collect.*;
    import io.switchboard.exchange.*;
    import io.switchboard.message.*;
    import io.switchboard.routing.*;
    import io.switchboard.task.*;
    import io.switchboard.topic.*;
    import io.vertx.core.*;
    import io.vertx.core.buffer.Buffer;
    import io.vertx.core.eventbus.*;
    import io.vertx.core.file.*;
    import io.vertx.core.json.*;
    import java.time.*;
    import java.util.*;
    """;

  static List<Block> of(List<String> markdown) {
    var blocks = new ArrayList<Block>();
    List<String> open = null;
    for (int i = 0; i < markdown.size(); i++) {
      var line = markdown.get(i);
      if (open == null && line.equals("```java")) {
        open = new ArrayList<>();
        blocks.add(new Block(i + 2, open));
      } else if (line.startsWith("```")) {
        open = null;
      } else if (open != null) {
        open.add(line);
      }
    }
    return blocks;
  }

  /** A whole class, such as a verticle; else statements. */
  boolean isClass() {
    return code.stream().anyMatch(text -> CLASS.matcher(text).matches());
  }

  String className() {
    return code.stream().map(CLASS::matcher).filter(matcher -> matcher.matches()).findFirst()
      .map(matcher -> matcher.group(1)).orElse("ReadmeLine" + line);
  }

  /** Complete Java. */
  String source() {
    if (isClass()) {
      return lines(code);
    }
    var imports = code.stream().filter(text -> text.startsWith("import ")).toList();
    var statements = code.stream().filter(text -> !text.startsWith("import ")).toList();
    return HEAD + lines(imports) + "public class " + className()
      + " extends io.switchboard.readme.Example {\n  public void run() throws Exception {\n"
      + lines(statements) + "  }\n}\n";
  }

  /** What it prints: the comments behind its println calls. */
  List<String> printed() {
    return code.stream().map(PRINTED::matcher).filter(matcher -> matcher.matches())
      .map(matcher -> matcher.group(1).strip()).toList();
  }

  /** The exchanges to which it attaches something without waiting for it. */
  List<String> attached() {
    return code.stream().anyMatch(text -> text.contains("await(")) ? List.of()
      : ATTACHING.matcher(lines(code)).results().map(match -> match.group(1)).toList();
  }

  /** It starts a node on an instance of Vert.x that has none. */
  boolean startsNode() {
    return code.stream().anyMatch(text -> text.contains("Switchboard.start(vertx"));
  }

  private static String lines(List<String> code) {
    return code.stream().map(text -> text + "\n").collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return "README.md:" + line;
  }
}
