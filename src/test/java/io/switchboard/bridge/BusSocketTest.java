package io.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bounds of a SockJS client, on SockJS's raw WebSocket. */
class BusSocketTest {
  private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
  private RunningBridge bridge;
  /** A field, since Vert.x closes a client that nothing refers to. */
  private WebSocketClient client;
  private WebSocket socket;

  @BeforeEach
  void start() {
    start("30s");
  }

  private void start(String pingTimeout) {
    bridge = new RunningBridge(new JsonObject(), new JsonObject()
      .put("handlersPerSocket", 2).put("pendingPerSocket", 3).put("socketBuffer", "256KiB")
      .put("pingTimeout", pingTimeout));
    RunningBridge.await(bridge.exchanges.declare("news", Kind.TOPIC, new JsonObject()));
    RunningBridge.await(bridge.exchanges.requests("echo").serve(
      request -> Future.succeededFuture(request.body())));
    client = bridge.vertx().createWebSocketClient(
      new WebSocketClientOptions().setReceiveBufferSize(4_096));
    socket = RunningBridge.await(client.connect(
      new WebSocketConnectOptions().setHost("127.0.0.1").setPort(bridge.port())
        .setURI("/eventbus/websocket")));
    socket.handler(data -> received.add(new JsonObject(data)));
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  @Test
  void handlersAreBoundedAndUnique() throws Exception {
    say("register", "news/a");
    say("register", "news/a");
    assertThat(next().getString("failureType")).isEqualTo("ADDRESS_ALREADY_REGISTERED");
    say("register", "news/b");
    say("register", "news/c");
    assertThat(next().getString("failureType")).isEqualTo("HANDLERS_MAX_LIMIT");
    say("unregister", "news/a");
    bridge.awaitSubscribers("news", 1);
    say("register", "news/c");
    bridge.awaitSubscribers("news", 2);
    RunningBridge.await(bridge.topics.topic("news").publish("c", "heard"));
    assertThat(next()).isEqualTo(new JsonObject().put("type", "rec").put("address", "news/c")
      .put("body", "heard").put("headers", new JsonObject().put("key", "c")));
  }

  @Test
  void unfinishedOperationsAreBounded() throws Exception {
    RunningBridge.await(bridge.exchanges.requests("never").serve(
      request -> Promise.promise().future()));
    for (int i = 0; i < 4; i++) {
      write(new JsonObject().put("type", "send").put("address", "never")
        .put("replyAddress", "r" + i));
    }
    var refusal = next();
    assertThat(refusal.getInteger("failureCode")).isEqualTo(7);
    assertThat(refusal.getString("address")).isEqualTo("r3");
  }

  @Test
  void aSlowClientIsToldWhatItMissed() throws Exception {
    say("register", "news");
    bridge.awaitSubscribers("news", 1);
    socket.pause();
    int published = 1_000;
    var body = "x".repeat(32 << 10);
    for (int i = 0; i < published; i++) {
      RunningBridge.await(bridge.topics.topic("news").publish("k", body));
    }
    bridge.awaitDelivered("news", published);
    socket.resume();
    int events = 0;
    long lost = 0;
    while (events + lost < published) {
      var frame = received.poll(10, TimeUnit.SECONDS);
      assertThat(frame).as("%d events, %d lost", events, lost).isNotNull();
      if (frame.getString("type").equals("err")) {
        assertThat(frame.getString("address")).isEqualTo("news");
        assertThat(frame.getInteger("failureCode")).isEqualTo(7);
        lost += frame.getLong("lost");
      } else {
        events++;
      }
    }
    assertThat(lost).isPositive();
    assertThat(events + lost).isEqualTo(published);
  }

  @Test
  void aSilentClientIsClosedAndItsHandlersGo() throws Exception {
    bridge.close();
    start("1s");
    Promise<Void> closed = Promise.promise();
    socket.closeHandler(closed::complete);
    say("register", "news");
    bridge.awaitSubscribers("news", 1);
    RunningBridge.await(closed.future());
    bridge.awaitSubscribers("news", 0);
  }

  @Test
  void malformedMessagesAreRefusedAndTheSocketStaysOpen() throws Exception {
    socket.writeTextMessage("{");
    assertThat(next().getString("failureType")).isEqualTo("INVALID_JSON");
    say("sing", "news");
    assertThat(next().getString("failureType")).isEqualTo("INVALID_TYPE");
    write(new JsonObject().put("type", "send").put("address", "echo").put("body", 1)
      .put("replyAddress", "r"));
    assertThat(next()).isEqualTo(new JsonObject().put("type", "rec").put("address", "r")
      .put("body", 1));
  }

  @Test
  void bytesAreToldFromText() throws Exception {
    RunningBridge.await(bridge.exchanges.requests("bytes").serve(
      request -> Future.succeededFuture(Buffer.buffer("b"))));
    write(new JsonObject().put("type", "send").put("address", "bytes")
      .put("replyAddress", "r"));
    assertThat(next().getJsonObject("body").getBinary("bytes")).isEqualTo(new byte[] {'b'});
  }

  @Test
  void socketsAreClosedWhenTheBridgeStops() throws Exception {
    Promise<Void> closed = Promise.promise();
    socket.closeHandler(closed::complete);
    RunningBridge.await(bridge.stopping());
    RunningBridge.await(closed.future());
  }

  private void say(String type, String address) {
    write(new JsonObject().put("type", type).put("address", address));
  }

  private void write(JsonObject frame) {
    RunningBridge.await(socket.writeTextMessage(frame.encode()));
  }

  private JsonObject next() throws InterruptedException {
    var frame = received.poll(10, TimeUnit.SECONDS);
    assertThat(frame).as("a frame in time").isNotNull();
    return frame;
  }
}
