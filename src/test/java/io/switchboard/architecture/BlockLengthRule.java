package io.switchboard.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Methods, constructors, initialisers and the lambdas of fields have a highest number of lines,
 * counted from the signature's first to the closing brace.
 */
record BlockLengthRule(int mostLines) implements Rule {
  private static final Pattern TYPE =
    Pattern.compile("(?s)(?:^|.*\\W)(?:class|interface|enum|record)\\s+[A-Z]\\w*.*");
  private static final Pattern ANONYMOUS = Pattern.compile("(?s).*\\bnew\\s+[\\w.<>, ?]+\\(.*\\)");

  private enum Sort { TYPE, BODY, INNER }

  private record Block(Sort sort, int start) {
  }

  @Override
  public List<Offence> check(SourceFile file) {
    var offences = new ArrayList<Offence>();
    if (!file.isJava()) {
      return offences;
    }
    var code = file.code();
    var open = new ArrayDeque<Block>();
    int start = 0;
    for (int i = 0; i < code.length(); i++) {
      char sign = code.charAt(i);
      if (sign == '{') {
        open.push(blockFrom(code, start, i, open));
      } else if (sign == '}' && !open.isEmpty()) {
        measure(file, open.pop(), i, offences);
      }
      if (sign == '{' || sign == '}' || sign == ';') {
        start = i + 1;
      }
    }
    return offences;
  }

  private static Block blockFrom(String code, int from, int brace, Deque<Block> open) {
    int start = from;
    while (start < brace && Character.isWhitespace(code.charAt(start))) {
      start++;
    }
    var header = code.substring(start, brace).strip();
    if (TYPE.matcher(header).matches() || ANONYMOUS.matcher(header).matches()) {
      return new Block(Sort.TYPE, start);
    }
    boolean isArray = header.endsWith("=") || header.endsWith("]") || header.endsWith("(");
    boolean isMember = open.isEmpty() || open.peek().sort() == Sort.TYPE;
    return new Block(isMember && !isArray ? Sort.BODY : Sort.INNER, start);
  }

  private void measure(SourceFile file, Block block, int end, List<Offence> offences) {
    if (block.sort() == Sort.BODY) {
      int first = file.lineAt(block.start());
      int lines = file.lineAt(end) - first + 1;
      if (lines > mostLines) {
        offences.add(new Offence(file.path(), first, "a method of " + lines + " lines",
          "give its steps names; " + mostLines + " is the most"));
      }
    }
  }
}
