package io.switchboard.cli;

import io.switchboard.options.Layers;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of {@code run} that set configuration keys. */
final class RunFlags {
  @Option(names = "--name", paramLabel = "NODE", description = "The node's name in the cluster.")
  private String name;

  @Option(names = "--host", paramLabel = "HOST",
    description = "The address to listen on (default: 127.0.0.1).")
  private String host;

  @Option(names = "--http-port", paramLabel = "PORT",
    description = "The port of the HTTP API; 0 is any free one (default: the first free from"
      + " 8080).")
  private String httpPort;

  @Option(names = "--cluster-port", paramLabel = "PORT",
    description = "The port for the other nodes; 0 is any free one (default: the first free"
      + " from 5701).")
  private String clusterPort;

  @Option(names = "--join", paramLabel = "HOST:PORT[,…]",
    description = "Where other nodes may be (default: this machine, ports 5701 to 5710).")
  private String join;

  @Option(names = "--advertise", paramLabel = "HOST",
    description = "The address by which other nodes reach this one (default: --host).")
  private String advertise;

  @Option(names = "--cluster", paramLabel = "NAME",
    description = "The cluster's name; nodes of other names are not joined.")
  private String cluster;

  @Option(names = "--verticles", paramLabel = "DIR",
    description = "The directory whose jars and sources are deployed.")
  private String verticles;

  @Option(names = "--set", paramLabel = "KEY.PATH=VALUE",
    description = "Any key of the configuration; may be given more than once.")
  private List<String> settings = new ArrayList<>();

  /** Adds what was given; a flag of its own wins over --set. */
  void addTo(Layers layers) {
    for (var setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw CommandFailure.wrongUsage("--set: '" + setting + "' is not KEY.PATH=VALUE");
      }
      layers.set("--set", setting.substring(0, equals), setting.substring(equals + 1));
    }
    add(layers, "--name", "name", name);
    add(layers, "--host", "host", host);
    add(layers, "--http-port", "http.port", httpPort);
    add(layers, "--cluster-port", "cluster.port", clusterPort);
    add(layers, "--join", "cluster.join", join);
    add(layers, "--advertise", "advertise", advertise);
    add(layers, "--cluster", "cluster.name", cluster);
    add(layers, "--verticles", "verticles.directory", verticles);
  }

  private static void add(Layers layers, String flag, String path, String value) {
    if (value != null) {
      layers.set(flag, path, value);
    }
  }
}
