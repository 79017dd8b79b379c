package io.switchboard.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The style of every text file of the repository, held. */
class TidyTest {
  private static final List<SourceFile> FILES = SourceTree.files();

  @Test
  void everyFileIsTidy() {
    assertThat(FILES).extracting(SourceFile::path)
      .contains("pom.xml", ".editorconfig", ".ci/run",
        "src/test/java/io/switchboard/architecture/TidyTest.java");
    Offence.requireNone(FILES.stream().flatMap(file -> Tidy.check(file).stream()).toList());
  }

  @Test
  void theReadmeMentionsEveryCommandAndEverySetting() {
    Offence.requireNone(Mentions.missing(SourceTree.mainJava(),
      FILES.stream().filter(file -> file.path().equals("README.md")).findFirst()));
  }

  @Test
  void longFilesAreNamed(TestReporter reporter) {
    var named = FILES.stream().filter(SourceFile::isJava)
      .filter(file -> file.lines().size() > Tidy.FEW_ABOVE_LINES)
      .map(file -> file.path() + " (" + file.lines().size() + ")")
      .collect(Collectors.joining(", "));
    if (!named.isEmpty()) {
      reporter.publishEntry("files above " + Tidy.FEW_ABOVE_LINES + " lines", named);
    }
  }

  /** Every rule can fail, and only where it should. */
  @Nested
  class OnExamples {
    record Example(String path, String text, int line, String what) {
      SourceFile file() {
        return SourceFile.of(path, text);
      }

      @Override
      public String toString() {
        return what;
      }
    }

    static List<Example> bad() {
      var java = "src/test/java/A.java";
      return List.of(
        new Example(java, "class A {\n  // " + "x".repeat(96) + "\n}\n", 2, "101 columns"),
        new Example(java, "//\n".repeat(401), 401, "401 lines"),
        new Example(java, "class A {\n" + method(71) + "}\n", 2, "a method of 71 lines"),
        new Example(java, "class A {\n  Runnable r = () -> {\n" + "    a();\n".repeat(69)
          + "  };\n}\n", 2, "a method of 71 lines"),
        new Example(java, "class A {\n  A a = new A() {\n" + method(71) + "  };\n}\n", 3,
          "a method of 71 lines"),
        new Example(java, "class A {\n  {\n    try {\n    } catch (Error e) {\n    }\n  }\n}\n", 4,
          "an exception is swallowed"),
        new Example(java, "class A {\n  { try { } catch (Error e) { /* ignored */ } }\n}\n", 2,
          "an exception is swallowed"),
        new Example(java, "import a.B;\n\n@C\npublic final class A {\n}\n", 3 + 1,
          "A is public and has no docstring"),
        new Example("conf/a.yaml", "a:\n\tb: 1\n", 2, "a tab"),
        new Example("a.md", "one\r\n", 1, "a carriage return"),
        new Example("a.md", "one\ntwo  \n", 2, "blanks at the end of the line"),
        new Example("a.md", "one\ntwo", 2, "the file does not end with one line feed"),
        new Example("a.md", "one\n\n", 1, "the file does not end with one line feed"),
        new Example(java, "// TO" + "DO more\n", 1, "a note of unfinished work"),
        new Example("switchboard", "a\ncd /ho" + "me/ann/x\n", 2, "a path of one machine"),
        new Example("a.md", "See `C:\\Us" + "ers\\ann`.\n", 1, "a path of one machine"),
        new Example("package-lock.json", "\"https://registry" + ".npmjs.org/x\"\n", 1,
          "the host name of a package registry"),
        new Example("pom.xml", "<url>https://nex" + "us.example.org/x</url>\n", 1,
          "the host name of a package registry"),
        new Example(java, "class A {\n  { e.printStackTrace(); }\n}\n", 2,
          "a printed stack trace"),
        new Example(java, "class A {\n  { System.out.println(); }\n}\n", 2,
          "writes to the terminal"),
        new Example(java, "class A {\n  { Thread.sleep(1); }\n}\n", 2, "sleeps"),
        new Example(java, "class A {\n  { TimeUnit.SECONDS.sleep(1); }\n}\n", 2, "sleeps"),
        new Example(java, "import static java.util.Map.*;\n", 1, "a star import"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadOneIsFoundInItsLine(Example example) {
      assertThat(Tidy.check(example.file())).singleElement().satisfies(offence -> {
        assertThat(offence.what()).isEqualTo(example.what());
        assertThat(offence).asString()
          .startsWith(example.path() + ":" + example.line() + ": " + example.what() + "; ");
      });
    }

    static List<Example> good() {
      var java = "src/main/java/io/switchboard/lane/A.java";
      return List.of(
        new Example(java, "class A {\n  // " + "x".repeat(95) + "\n}\n", 0, "100 columns"),
        new Example(java, "//\n".repeat(400), 0, "400 lines"),
        new Example(java, "class A {\n" + method(70) + method(70) + "}\n", 0, "70 lines each"),
        new Example(java, "class A {\n  int[] a = {\n" + "    1,\n".repeat(90) + "  };\n}\n", 0,
          "a long table"),
        new Example(java, "class A {\n  { try { } catch (Error e) {\n"
          + "    // Closing twice is allowed.\n  } }\n}\n", 0, "a catch with a reason"),
        new Example(java, "/** Why. */\n@B\npublic record A(int b) {\n}\n", 0, "a docstring"),
        new Example(java, "/** Why. */\n@B(c = {1},\n  d = {2})\npublic class A {\n}\n", 0,
          "a docstring above an annotation with braces"),
        new Example(java, "record A() {\n}\n", 0, "package-private needs no docstring"),
        new Example(java, "class A {\n  // System.out, printStackTrace()\n"
          + "  String b = \"Thread.sleep(1) \\\" System.err\";\n  char c = '\"';\n}\n", 0,
          "comments and strings are no code"),
        new Example("src/main/java/io/switchboard/cli/A.java",
          "class A {\n  { System.out.println(); }\n}\n", 0, "cli prints"),
        new Example("a.md", "`GET /api/v1/work/x`, https://host/home/x, /usr/bin/env\n", 0,
          "paths of URLs"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodOneIsLeftAlone(Example example) {
      assertThat(Tidy.check(example.file())).isEmpty();
    }

    @Test
    void aReadmeThatLeavesSomethingOut() {
      var source = SourceFile.of("A.java", """
        class A {
          Option<Integer> port = Option.number("port", 1, 0, 2, "a");
          Option<String> host = Option.text(
            "host", "b", "c");
        }
        @Command(name = "nodes", description = "d")
        class B {
        }
        @Command(name = "behind", hidden = true, description = "d")
        class C {
        }
        """);
      var all = "./switchboard demo, ./switchboard run, mvn verify; `port`, `host`; nodes\n";
      assertThat(Mentions.missing(List.of(source), readme(all))).isEmpty();
      assertThat(Mentions.missing(List.of(source), Optional.empty())).hasSize(1);
      assertThat(Mentions.missing(List.of(source), readme("http-port, nodes.\n")))
        .extracting(Offence::what).containsExactly(
          "does not mention ./switchboard demo", "does not mention ./switchboard run",
          "does not mention mvn verify", "README.md does not mention the setting port",
          "README.md does not mention the setting host");
      assertThat(Mentions.missing(List.of(source), readme(all.replace("nodes", "node"))))
        .extracting(Offence::line).containsExactly(6);
    }

    private static Optional<SourceFile> readme(String text) {
      return Optional.of(SourceFile.of("README.md", text));
    }

    private static String method(int lines) {
      return "  void a(int b)\n" + "    throws C {\n" + "    for (;;) { }\n".repeat(lines - 3)
        + "  }\n";
    }
  }
}
