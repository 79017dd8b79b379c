package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.switchboard.exchange.Reply;
import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The npm client that browsers use, unchanged, under Node. Skipped where Node is missing. */
class EventBusClientTest {
  private static final Path SOURCES = Path.of("src", "test", "js");
  private static final Path FOLDER = Path.of("target", "eventbus-client");

  private static RunningBridge bridge;

  @BeforeAll
  @Timeout(180)
  static void start() throws Exception {
    assumeTrue(isNodeInstalled(), "node and npm are not installed");
    Files.createDirectories(FOLDER);
    for (var name : new String[] {"package.json", "eventbus-client.js"}) {
      Files.copy(SOURCES.resolve(name), FOLDER.resolve(name),
        StandardCopyOption.REPLACE_EXISTING);
    }
    run(150, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock",
      "--ignore-scripts");
    bridge = new RunningBridge(new JsonObject(), new JsonObject().put("permit", new JsonObject()
      .put("inbound", new JsonArray().add("plain.ping"))
      .put("outbound", new JsonArray().add("plain.news").add("plain.ask"))));
    serveExchanges();
    servePlainAddresses();
  }

  @AfterAll
  static void stop() {
    if (bridge != null) {
      bridge.close();
    }
  }

  @Test
  void works() throws Exception {
    var output = run(100, "node", "eventbus-client.js", bridge.url() + "/eventbus");
    assertThat(output.lines().filter(line -> line.startsWith("ok "))).hasSize(8);
  }

  private static void serveExchanges() {
    var exchanges = bridge.exchanges;
    var sunk = new AtomicInteger();
    RunningBridge.await(Future.all(
      exchanges.requests("echo").serve(request -> Future.succeededFuture(
        Reply.of(request.body(), request.headers()))),
      exchanges.requests("failing").serve(request -> Future.failedFuture("out of paper")),
      exchanges.requests("subscribers").serve(
        request -> Future.succeededFuture(bridge.subscribers("news"))),
      exchanges.requests("sink").serve(request -> {
        sunk.incrementAndGet();
        return Future.succeededFuture();
      }),
      exchanges.requests("sunk").serve(request -> Future.succeededFuture(sunk.get()))));
    RunningBridge.await(Future.all(
      exchanges.declare("idle", Kind.REQUEST, new JsonObject()),
      exchanges.declare("news", Kind.TOPIC, new JsonObject())));
  }

  private static void servePlainAddresses() {
    var eventBus = bridge.vertx().eventBus();
    RunningBridge.await(Future.all(
      eventBus.consumer("plain.ping", message -> message.reply("pong")).completion(),
      eventBus.consumer("secret", message -> message.reply("leaked")).completion()));
    RunningBridge.await(Future.all(
      bridge.exchanges.requests("publish-plain-news").serve(request -> {
        eventBus.publish("plain.news", "extra");
        return Future.succeededFuture();
      }),
      bridge.exchanges.requests("ask-the-client").serve(request -> eventBus
        .request("plain.ask", request.text(), new DeliveryOptions().setSendTimeout(2_000))
        .map(reply -> reply.body()))));
  }

  private static boolean isNodeInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0
        && new ProcessBuilder("npm", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static String run(int limitSeconds, String... command) throws Exception {
    var log = FOLDER.resolve(command[0] + ".log");
    var process = new ProcessBuilder(command).directory(FOLDER.toFile())
      .redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(limitSeconds, TimeUnit.SECONDS);
    process.destroyForcibly();
    var output = Files.readString(log);
    assertThat(ended).as("%s within its limit: %s", command[0], output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
