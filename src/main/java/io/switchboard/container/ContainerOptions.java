package io.switchboard.container;

import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * The section {@code verticles} of a node's configuration.
 *
 * @param directory     where the verticle files are; relative to the working directory
 * @param watch         whether changes after the start are followed
 * @param scanInterval  between two looks at the directory
 * @param deployLimit   how long a verticle may take to start
 * @param undeployLimit how long a verticle may take to stop
 * @param maxFileSize   bytes of one verticle file
 * @param maxFiles      verticle files in the directory
 * @param shared        package prefixes that verticles take from the node
 */
public record ContainerOptions(
  String directory, boolean watch, Duration scanInterval, Duration deployLimit,
  Duration undeployLimit, int maxFileSize, int maxFiles, List<String> shared) {

  private static final Option<String> DIRECTORY = Option.text("directory", "verticles",
    "Where the verticle files are; it need not exist yet.");
  private static final Option<Boolean> WATCH = Option.flag("watch", true,
    "Whether files that are added, changed or removed later are followed.");
  private static final Option<Duration> SCAN_INTERVAL = Option.duration("scanInterval",
    Duration.ofMillis(500),
    "Time between two looks at the directory; a file is taken once unchanged for as long.");
  private static final Option<Duration> DEPLOY_LIMIT = Option.duration("deployLimit",
    Duration.ofSeconds(30), "How long a verticle may take to start before it counts as failed.");
  private static final Option<Duration> UNDEPLOY_LIMIT = Option.duration("undeployLimit",
    Duration.ofSeconds(10), "How long a verticle may take to stop before it is cut off.");
  private static final Option<Integer> MAX_FILE_SIZE = Option.size("maxFileSize",
    64 * 1024 * 1024, "The largest verticle file that is loaded.");
  private static final Option<Integer> MAX_FILES = Option.number("maxFiles", 256, 1, 10_000,
    "The most verticle files that are deployed; those after them by name are left out.");
  private static final Option<List<String>> SHARED = Option.list("shared", List.of(),
    "Package prefixes that verticles take from the node even when they bring their own, beside "
      + "the JDK, io.vertx, io.netty, com.hazelcast, io.switchboard and org.slf4j.");

  /** All of the section, for reading and for the reference. */
  public static final OptionSet OPTIONS = new OptionSet("verticles", DIRECTORY, WATCH,
    SCAN_INTERVAL, DEPLOY_LIMIT, UNDEPLOY_LIMIT, MAX_FILE_SIZE, MAX_FILES, SHARED);

  /** Reads the section; throws InvalidOption. */
  public static ContainerOptions from(JsonObject json) {
    var values = OPTIONS.read(json);
    return new ContainerOptions(values.get(DIRECTORY), values.get(WATCH),
      values.get(SCAN_INTERVAL), values.get(DEPLOY_LIMIT), values.get(UNDEPLOY_LIMIT),
      values.get(MAX_FILE_SIZE), values.get(MAX_FILES), values.get(SHARED));
  }
}
