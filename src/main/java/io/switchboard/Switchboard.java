package io.switchboard;

import io.switchboard.collect.CollectExchange;
import io.switchboard.collect.TypedCollectExchange;
import io.switchboard.exchange.Attachment;
import io.switchboard.exchange.Change;
import io.switchboard.exchange.RequestExchange;
import io.switchboard.exchange.TypedRequestExchange;
import io.switchboard.node.Node;
import io.switchboard.node.NodeOptions;
import io.switchboard.routing.Kind;
import io.switchboard.task.TaskExchange;
import io.switchboard.task.TypedTaskExchange;
import io.switchboard.topic.TopicExchange;
import io.switchboard.topic.TypedTopicExchange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/**
 * The front door: exchanges for a verticle or a program. Cheap to make, may be used from any
 * thread.
 */
public final class Switchboard {
  private final Node node;

  private Switchboard(Node node) {
    this.node = node;
  }

  /**
   * The Switchboard that runs on this Vert.x instance. Throws IllegalStateException when none
   * does: a verticle that a node has deployed always finds one.
   */
  public static Switchboard of(Vertx vertx) {
    return new Switchboard(Node.of(vertx));
  }

  /**
   * Starts a Switchboard on a Vert.x instance, clustered or not; its nodes find each other over
   * the instance's own event bus.
   *
   * @param options as in the configuration file; fails for what cannot be used
   */
  public static Future<Switchboard> start(Vertx vertx, JsonObject options) {
    return Node.start(vertx, NodeOptions.from(embedded(options))).map(Switchboard::new);
  }

  /** Starts a Switchboard with a clustered Vert.x instance of its own. */
  public static Future<Switchboard> launch(JsonObject options) {
    return Node.launch(NodeOptions.from(embedded(options))).map(Switchboard::new);
  }

  /** A program that embeds a node gets HTTP and verticle files only when it asks for them. */
  private static JsonObject embedded(JsonObject options) {
    var complete = options.copy();
    if (!options.containsKey("http")) {
      complete.put("http", new JsonObject().put("enabled", false));
    }
    if (!options.containsKey("verticles")) {
      complete.put("verticles", new JsonObject().put("directory", ""));
    }
    return complete;
  }

  /** Where outside programs reach it; empty without HTTP. */
  public String httpUrl() {
    return node.httpUrl();
  }

  /** This node's name, unique in the cluster. */
  public String nodeName() {
    return node.name();
  }

  /** The Vert.x instance that it runs on. */
  public Vertx vertx() {
    return node.vertx();
  }

  /** The request exchange of that name; nothing is declared by asking for it. */
  public RequestExchange requests(String exchange) {
    return node.exchanges().requests(exchange);
  }

  /**
   * The request exchange of that name with Java values for bodies: records or beans, which
   * travel as JSON. Make it once and keep it.
   */
  public <Q, A> TypedRequestExchange<Q, A> requests(
    String exchange, Class<Q> question, Class<A> answer) {
    return new TypedRequestExchange<>(requests(exchange), question, answer);
  }

  /** The topic of that name with Java values for bodies. Make it once and keep it. */
  public <T> TypedTopicExchange<T> topic(String exchange, Class<T> type) {
    return new TypedTopicExchange<>(topic(exchange), type);
  }

  /** The topic of that name; nothing is declared by asking for it. */
  public TopicExchange topic(String exchange) {
    return node.topics().topic(exchange);
  }

  /** The task exchange of that name with Java values for bodies. Make it once and keep it. */
  public <T> TypedTaskExchange<T> tasks(String exchange, Class<T> type) {
    return new TypedTaskExchange<>(tasks(exchange), type);
  }

  /** The task exchange of that name; nothing is declared by asking for it. */
  public TaskExchange tasks(String exchange) {
    return node.tasks().tasks(exchange);
  }

  /**
   * Watches an exchange, declared or not: the handler is told, on the calling context, exactly
   * once when the last worker or subscriber is gone, and why, and once when somebody is back.
   * When nobody is there at the start it is told so first. Ends with the verticle, or detached.
   */
  public Future<Attachment> monitor(String exchange, Consumer<Change> handler) {
    return node.exchanges().monitor(exchange, handler);
  }

  /** Watches one worker likewise: by its node's name and its number, as a survey lists them. */
  public Future<Attachment> monitorWorker(
    String exchange, String workerNode, long worker, Consumer<Change> handler) {
    return node.exchanges().monitorWorker(exchange, workerNode, worker, handler);
  }

  /** The collect exchange of that name with Java values for bodies. Make it once and keep it. */
  public <T> TypedCollectExchange<T> collect(String exchange, Class<T> type) {
    return new TypedCollectExchange<>(collect(exchange), type);
  }

  /** The collect exchange of that name; nothing is declared by asking for it. */
  public CollectExchange collect(String exchange) {
    return node.collects().collect(exchange);
  }

  /**
   * Declares an exchange; idempotent.
   *
   * @param options those that differ from the kind's defaults
   * @return true when it is new; fails with CONFLICT when it is declared differently
   */
  public Future<Boolean> declare(String exchange, Kind kind, JsonObject options) {
    return node.exchanges().declare(exchange, kind, options);
  }

  /** Takes an exchange away from the whole cluster; false when there was none. */
  public Future<Boolean> delete(String exchange) {
    return node.exchanges().delete(exchange);
  }

  /** The name of the cluster, as configured. */
  public String clusterName() {
    return node.clusterName();
  }

  /** Where the cluster's membership listens; empty on a Vert.x instance of the user's. */
  public String clusterAddress() {
    return node.clusterAddress();
  }

  /**
   * Says of a node that was lost that it will not come back: it no longer counts where a majority
   * of the nodes is needed to take tasks or to collect. False when no node of that name was known.
   */
  public boolean forget(String lostNode) {
    return node.design().forget(lostNode);
  }

  /** How many nodes are in reach, this one included. */
  public int memberCount() {
    return node.memberCount();
  }

  /** Finishes what is in hand within a limit, says GOODBYE and stops. Idempotent. */
  public Future<Void> stop() {
    return node.stop();
  }
}
