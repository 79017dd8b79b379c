package io.switchboard.cluster;

import io.switchboard.options.InvalidOption;
import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which cluster a node belongs to and how it finds it.
 *
 * @param name         nodes of another cluster name are strangers
 * @param port         where Hazelcast listens; 0 takes any free port
 * @param fixedPort    the port was named: when it is taken the node does not step to the next
 * @param join         where other nodes may be, as HOST:PORT
 * @param busPort      where the clustered event bus listens; 0 takes any free port
 * @param trustNetwork states that only trusted machines can reach the cluster's ports
 */
public record ClusterOptions(String name, int port, boolean fixedPort, List<String> join,
  int busPort, boolean trustNetwork) {

  /** The first of the ports that nodes of one machine share out among themselves. */
  static final int FIRST_PORT = 5_701;
  static final int PORTS = 10;

  private static final Option<String> NAME = Option.text("name", "switchboard",
    "Nodes of another cluster name are strangers.");
  private static final Option<Integer> PORT = Option.number("port", FIRST_PORT, 0, 65_535,
    "Where the cluster's membership listens; 0 takes any free port. When it is not set, "
      + "the first free one of 5701-5710.");
  private static final Option<List<String>> JOIN = Option.list("join",
    IntStream.range(FIRST_PORT, FIRST_PORT + PORTS).mapToObj(p -> "127.0.0.1:" + p).toList(),
    "Where other nodes may be: HOST:PORT, or HOST for port 5701.");
  private static final Option<Integer> BUS_PORT = Option.number("busPort", 0, 0, 65_535,
    "Where the clustered event bus listens; 0 takes any free port.");
  private static final Option<Boolean> TRUST_NETWORK = Option.flag("trustNetwork", false,
    "States that only trusted machines can reach the cluster's ports. Needed, beside "
      + "http.token, to listen on an address that is not loopback.");

  /** Section {@code cluster}. */
  public static final OptionSet OPTIONS =
    new OptionSet("cluster", NAME, PORT, JOIN, BUS_PORT, TRUST_NETWORK);

  /** Throws InvalidOption. */
  public static ClusterOptions from(JsonObject json) {
    var values = OPTIONS.read(json);
    for (var address : values.get(JOIN)) {
      if (!address.matches("[A-Za-z0-9._-]+(:\\d{1,5})?|\\[[0-9a-fA-F:]+](:\\d{1,5})?")) {
        throw new InvalidOption("cluster.join: '" + address + "' is not HOST:PORT");
      }
    }
    if (!values.get(NAME).matches("[A-Za-z0-9._-]{1,120}")) {
      throw new InvalidOption("cluster.name: 1 to 120 of A-Z a-z 0-9 . _ -");
    }
    return new ClusterOptions(values.get(NAME), values.get(PORT), json.containsKey("port"),
      values.get(JOIN), values.get(BUS_PORT), values.get(TRUST_NETWORK));
  }
}
