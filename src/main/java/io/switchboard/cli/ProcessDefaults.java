package io.switchboard.cli;

/** What the libraries below must be told before they are loaded, unless the user said it. */
final class ProcessDefaults {
  private static final int FEW_PROCESSORS = 2;

  private ProcessDefaults() {
  }

  /** To be called before anything else of the process. */
  static void apply(String... arguments) {
    if (arguments.length > 0 && arguments[0].equals("bench")) {
      // The life of the nodes that measure is of no interest beside the table.
      setDefault("switchboard.log", "WARN");
    }
    setDefault("vertx.logger-delegate-factory-class-name",
      "io.vertx.core.logging.SLF4JLogDelegateFactory");
    setDefault("hazelcast.logging.type", "slf4j");
    // The node leaves the cluster in its own order; Hazelcast's hook would run beside it.
    setDefault("hazelcast.shutdownhook.enabled", "false");
    setDefault("hazelcast.phone.home.enabled", "false");
    setDefault("java.net.preferIPv4Stack", "true");
    if (Runtime.getRuntime().availableProcessors() <= FEW_PROCESSORS) {
      // With a pool of one thread, Hazelcast makes a new thread for the end of each operation.
      setDefault("java.util.concurrent.ForkJoinPool.common.parallelism", "2");
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
