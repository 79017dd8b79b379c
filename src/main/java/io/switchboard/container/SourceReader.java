package io.switchboard.container;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** Compiles a single Java source into memory, against the classes of the running program. */
final class SourceReader {
  private static final int ERRORS_TOLD = 3;

  private final Supplier<JavaCompiler> compilers;

  /** @param compilers gives null when the running Java has no compiler */
  SourceReader(Supplier<JavaCompiler> compilers) {
    this.compilers = compilers;
  }

  /** Blocks, for about a second the first time. */
  Program read(Path file) throws BrokenVerticle, IOException {
    var compiler = compilers.get();
    if (compiler == null) {
      throw new BrokenVerticle("cannot be compiled: this Java has no compiler; run the node on "
        + "a JDK, or deploy the verticle as a jar");
    }
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    try (var standard = compiler.getStandardFileManager(
      diagnostics, Locale.ROOT, StandardCharsets.UTF_8);
         var files = new MemoryFiles(standard)) {
      var task = compiler.getTask(Writer.nullWriter(), files, diagnostics, List.of(
        "-proc:none", "-nowarn", "-parameters", "-g",
        "-classpath", System.getProperty("java.class.path", "")), null,
        List.of(new Source(file.getFileName().toString(), text(file))));
      if (!task.call()) {
        throw new BrokenVerticle(told(file, diagnostics.getDiagnostics()));
      }
      return new Program(new CompiledClasses(files.classes()), files.topLevelNames(),
        VerticleDescriptor.defaults());
    }
  }

  private static String text(Path file) throws BrokenVerticle, IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException notText) {
      throw new BrokenVerticle("is not text in UTF-8", notText);
    }
  }

  /** One line: {@code Echo.java:3: ';' expected}, and the next few. */
  private static String told(
    Path file, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
    var errors = diagnostics.stream()
      .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
      .map(error -> where(file, error)
        + error.getMessage(Locale.ROOT).strip().replaceAll("\\s+", " "))
      .toList();
    var first = String.join(" | ", errors.subList(0, Math.min(ERRORS_TOLD, errors.size())));
    int more = errors.size() - ERRORS_TOLD;
    return more > 0 ? first + " | and " + more + " more" : first;
  }

  private static String where(Path file, Diagnostic<?> error) {
    return error.getLineNumber() == Diagnostic.NOPOS ? ""
      : file.getFileName() + ":" + error.getLineNumber() + ": ";
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String fileName, String text) {
      super(uri(fileName), Kind.SOURCE);
      this.text = text;
    }

    private static URI uri(String fileName) {
      return Path.of("/", fileName).toUri();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
