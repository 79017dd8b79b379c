package io.switchboard.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in columns as wide as their widest cell; numbers stand to the right. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] text;

  Table(String... headings) {
    rows.add(List.of(headings));
    text = new boolean[headings.length];
  }

  /** One cell for each heading; null is shown as a dash. */
  Table row(Object... cells) {
    if (cells.length != text.length) {
      throw new IllegalArgumentException(cells.length + " cells under " + text.length);
    }
    var row = new ArrayList<String>();
    for (int i = 0; i < cells.length; i++) {
      boolean number = cells[i] instanceof Number;
      text[i] |= cells[i] != null && !number;
      row.add(cells[i] == null ? "-"
        : number ? PlainText.count((Number) cells[i]) : PlainText.line(cells[i]));
    }
    rows.add(row);
    return this;
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  void print(PrintStream out) {
    var widths = new int[text.length];
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    for (var row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        var padding = " ".repeat(widths[i] - width(row.get(i)));
        line.append(i == 0 ? "" : GAP)
          .append(text[i] ? row.get(i) + padding : padding + row.get(i));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
