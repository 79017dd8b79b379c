package io.switchboard.node;

import io.switchboard.cluster.ClusterOptions;
import io.switchboard.exchange.Exchanges;
import io.switchboard.message.Names;
import io.switchboard.message.SwitchboardException;
import io.switchboard.options.InvalidOption;
import io.switchboard.options.Option;
import io.switchboard.options.OptionSet;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Kind;
import io.switchboard.trunk.TrunkOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a node is told at its start.
 *
 * @param name       unique in the cluster; null to be made from host and port
 * @param host       the address that every port listens on
 * @param advertise  how other machines reach this host; null for the same
 * @param drainLimit how long an orderly stop waits for what is in hand
 * @param exchanges  declared before the node is ready
 */
public record NodeOptions(String name, String host, String advertise, Duration drainLimit,
  ClusterOptions cluster, TrunkOptions trunk, List<Declaration> exchanges) {

  private static final String KIND = "kind";
  private static final Option<String> NAME = Option.text("name", "",
    "The node's name, unique in the cluster; when empty it is made from host and port.");
  private static final Option<String> HOST = Option.text("host", "127.0.0.1",
    "The address that every port listens on.");
  private static final Option<String> ADVERTISE = Option.text("advertise", "",
    "How other machines reach this host, when that differs from host.");
  private static final Option<Duration> DRAIN_LIMIT = Option.duration("drainLimit",
    Duration.ofSeconds(10), "How long an orderly stop waits for what is in hand.");
  private static final Option<JsonObject> CLUSTER = section("cluster");
  private static final Option<JsonObject> TRUNK = section("trunk");
  private static final Option<JsonObject> EXCHANGES = Option.object("exchanges",
    "Exchanges to declare at start: a name, its kind and its options.");

  /** The top level. */
  public static final OptionSet OPTIONS =
    new OptionSet("", NAME, HOST, ADVERTISE, DRAIN_LIMIT, CLUSTER, TRUNK, EXCHANGES);

  /** Every section with its known keys; what lies below {@code exchanges} is the user's. */
  public static final List<OptionSet> SECTIONS =
    List.of(OPTIONS, ClusterOptions.OPTIONS, TrunkOptions.OPTIONS);

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
    return new NodeOptions(name.isEmpty() ? null : name, values.get(HOST),
      values.get(ADVERTISE).isEmpty() ? null : values.get(ADVERTISE),
      values.get(DRAIN_LIMIT), ClusterOptions.from(values.get(CLUSTER)),
      TrunkOptions.from(values.get(TRUNK)), declarations(values.get(EXCHANGES)));
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
