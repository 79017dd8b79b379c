package io.switchboard.node;

import io.switchboard.bridge.BridgeOptions;
import io.switchboard.bridge.HttpOptions;
import io.switchboard.cluster.ClusterOptions;
import io.switchboard.container.ContainerOptions;
import io.switchboard.exchange.Exchanges;
import io.switchboard.message.Names;
import io.switchboard.message.SwitchboardException;
import io.switchboard.options.InvalidOption;
import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Kind;
import io.switchboard.routing.Labels;
import io.switchboard.trunk.TrunkOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that a node is told at its start.
 *
 * @param name          unique in the cluster; null to be made from host and port
 * @param host          the address that every port listens on
 * @param advertise     how other machines reach this host; null for the same
 * @param labels       what the node says of itself, and so of its workers
 * @param drainLimit    how long an orderly stop waits for what is in hand
 * @param http          how outside programs come in
 * @param fixedHttpPort the port was named: when it is taken the node does not step to the next
 * @param verticles     which verticle files are deployed
 * @param exchanges     declared before the node is ready
 */
public record NodeOptions(String name, String host, String advertise,
  Map<String, String> labels, Duration drainLimit, ClusterOptions cluster, TrunkOptions trunk,
  HttpOptions http, boolean fixedHttpPort, BridgeOptions bridge, ContainerOptions verticles,
  List<Declaration> exchanges) {

  private static final String KIND = "kind";
  private static final Option<String> NAME = Option.text("name", "",
    "The node's name, unique in the cluster; when empty it is made from host and port.");
  private static final Option<String> HOST = Option.text("host", "127.0.0.1",
    "The address that every port listens on.");
  private static final Option<String> ADVERTISE = Option.text("advertise", "",
    "How other machines reach this host, when that differs from host.");
  private static final Option<JsonObject> LABELS = Option.object("labels",
    "What the node says of itself, such as its zone; all its workers say it too.");
  private static final Option<Duration> DRAIN_LIMIT = Option.duration("drainLimit",
    Duration.ofSeconds(10), "How long an orderly stop waits for what is in hand.");
  private static final Option<JsonObject> CLUSTER = section("cluster");
  private static final Option<JsonObject> TRUNK = section("trunk");
  private static final Option<JsonObject> HTTP = section("http");
  private static final Option<JsonObject> BRIDGE = section("bridge");
  private static final Option<JsonObject> VERTICLES = section("verticles");
  private static final Option<JsonObject> EXCHANGES = Option.object("exchanges",
    "Exchanges to declare at start: a name, its kind and its options.");

  /** The top level. */
  public static final OptionSet OPTIONS =
    new OptionSet("", NAME, HOST, ADVERTISE, LABELS, DRAIN_LIMIT, CLUSTER, TRUNK, HTTP,
      BRIDGE, VERTICLES, EXCHANGES);

  /** Every section with its known keys; what lies below {@code exchanges} is the user's. */
  public static final List<OptionSet> SECTIONS =
    List.of(OPTIONS, ClusterOptions.OPTIONS, TrunkOptions.OPTIONS, HttpOptions.OPTIONS,
      BridgeOptions.OPTIONS, BridgeOptions.PERMIT_OPTIONS, ContainerOptions.OPTIONS);

  private static Option<JsonObject> section(String name) {
    return Option.object(name, "A section of its own.");
  }

  /** Throws InvalidOption: unknown keys, values out of range, a host open to others unsafely. */
  public static NodeOptions from(JsonObject json) {
    var values = OPTIONS.read(json);
    var name = values.get(NAME);
    if (!name.isEmpty() && !Names.isName(name)) {
      throw new InvalidOption("name: 1 to 120 of A-Z a-z 0-9 . _ -, is '" + name + "'");
    }
    var options = new NodeOptions(name.isEmpty() ? null : name, values.get(HOST),
      values.get(ADVERTISE).isEmpty() ? null : values.get(ADVERTISE),
      Labels.read(values.get(LABELS), "labels"), values.get(DRAIN_LIMIT),
      ClusterOptions.from(values.get(CLUSTER)),
      TrunkOptions.from(values.get(TRUNK)), HttpOptions.from(values.get(HTTP)),
      values.get(HTTP).containsKey("port"), BridgeOptions.from(values.get(BRIDGE)),
      ContainerOptions.from(values.get(VERTICLES)), declarations(values.get(EXCHANGES)));
    options.refuseUnsafe();
    return options;
  }

  /** Whoever listens where others reach it must say who may come in. */
  private void refuseUnsafe() {
    if (isLoopback(host)) {
      return;
    }
    if (http.enabled() && http.token().isEmpty()) {
      throw new InvalidOption("http.token: must be set when host is " + host
        + ", which others can reach; or listen on 127.0.0.1");
    }
    if (!cluster.trustNetwork()) {
      throw new InvalidOption("cluster.trustNetwork: must be true when host is " + host
        + ": whoever reaches the cluster's ports can join it; or listen on 127.0.0.1");
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.equals("[::1]")
      || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static List<Declaration> declarations(JsonObject exchanges) {
    var declarations = new ArrayList<Declaration>();
    for (var name : exchanges.fieldNames()) {
      if (!(exchanges.getValue(name) instanceof JsonObject exchange)) {
        throw new InvalidOption("exchanges." + name + ": must be an object with a kind");
      }
      try {
        var kind = Kind.of(exchange.getString(KIND, "request"));
        var options = exchange.copy();
        options.remove(KIND);
        declarations.add(Exchanges.declaration(name, kind, options));
      } catch (SwitchboardException | IllegalArgumentException reason) {
        var path = "exchanges." + name;
        var text = reason.getMessage();
        throw new InvalidOption(text.startsWith(path) ? text : path + ".kind: " + text);
      }
    }
    return List.copyOf(declarations);
  }
}
