package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The console's files, from the configured directory or else from the class path. */
final class Console {
  /** Where the jar keeps the files. */
  private static final String CLASS_PATH_ROOT = "webroot";

  /** A changed file shows at the next reload. */
  private static final long CACHE_MILLIS = 1_000;

  /** Everything from this node itself: no script, style or connection of another place. */
  private static final String POLICY = "default-src 'self'; img-src 'self' data:; "
    + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private Console() {
  }

  /** The directory when there is one; empty for the files in the jar. */
  static Future<String> locate(Vertx vertx, String webroot) {
    var directory = Path.of(webroot).toAbsolutePath().toString();
    return vertx.fileSystem().exists(directory).compose(exists -> exists
      ? vertx.fileSystem().props(directory).map(file -> file.isDirectory() ? directory : "")
      : Future.succeededFuture(""));
  }

  /** @param directory as {@link #locate} found it */
  static void mount(Router router, String directory) {
    var files = directory.isEmpty()
      ? StaticHandler.create(FileSystemAccess.RELATIVE, CLASS_PATH_ROOT)
      : StaticHandler.create(FileSystemAccess.ROOT, directory);
    files.setFilesReadOnly(false).setCacheEntryTimeout(CACHE_MILLIS).setAlwaysAsyncFS(true)
      .setIncludeHidden(false).setDirectoryListing(false)
      .setDefaultContentEncoding(StandardCharsets.UTF_8.name());
    router.get().handler(Console::askAgain).handler(files);
    router.head().handler(Console::askAgain).handler(files);
  }

  /** Headers that every answer of this node carries. */
  static void protect(RoutingContext context) {
    context.response().putHeader("Content-Security-Policy", POLICY)
      .putHeader("X-Content-Type-Options", "nosniff")
      .putHeader("Referrer-Policy", "no-referrer")
      .putHeader("X-Frame-Options", "DENY")
      .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    context.next();
  }

  /** Browsers keep the files, but ask each time whether they have changed. */
  private static void askAgain(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    context.next();
  }
}
