package io.switchboard.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.Switchboard;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SmokeTest {
  static <T> T await(Future<T> f) throws Exception {
    return f.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  static JsonObject conf(String name, int port) {
    return new JsonObject().put("name", name).put("cluster", new JsonObject()
      .put("name", "smoke").put("port", port).put("join", new JsonArray().add("127.0.0.1:5811").add("127.0.0.1:5812")));
  }

  @Test
  public static void main(String[] args) throws Exception { new SmokeTest().works(); System.exit(0); }

  @Test
  void works() throws Exception {
    long t0 = System.nanoTime();
    var a = await(Switchboard.launch(conf("a", 5811)));
    System.err.println("a up " + (System.nanoTime() - t0) / 1000000);
    var b = await(Switchboard.launch(conf("b", 5812)));
    System.err.println("b up " + (System.nanoTime() - t0) / 1000000 + " members " + b.memberCount() + " " + a.memberCount());
    await(b.requests("echo").serve(r -> Future.succeededFuture(r.body())));
    System.err.println("served " + (System.nanoTime() - t0) / 1000000);
    var reply = await(a.requests("echo").request("hello"));
    assertThat(reply.text()).isEqualTo("hello");
    var plain = await(a.vertx().eventBus().request("echo", "plain"));
    assertThat(plain.body()).isEqualTo("plain");
    var events = new ArrayList<String>();
    await(b.topic("prices").subscribe("fx.#", e -> events.add(e.key())));
    await(a.topic("prices").publish("fx.eur", 1));
    await(a.topic("prices").publish("gold", 1));
    long t1 = System.nanoTime();
    var fs = new ArrayList<Future<?>>();
    for (int i = 0; i < 10000; i++) {
      fs.add(b.requests("many-" + i).serve(r -> Future.succeededFuture(1)));
    }
    var all = Future.all(fs);
    var reqs = new ArrayList<Future<?>>();
    try { await(all); } catch (Exception e) { System.err.println(e); }
    System.err.println("10k served " + (System.nanoTime() - t1) / 1000000);
    for (int i = 0; i < 10000; i++) {
      reqs.add(a.requests("many-" + i).request("x"));
    }
    await(Future.all(reqs));
    System.err.println("10k requested " + (System.nanoTime() - t1) / 1000000);
    System.err.println(events);
    for (int k = 0; k < 3; k++) {
      long t2 = System.nanoTime();
      fs.clear();
      for (int i = 0; i < 10000; i++) {
        fs.add(b.requests("again-" + k + "-" + i).serve(r -> Future.succeededFuture(1)));
      }
      System.err.println("issued " + (System.nanoTime() - t2) / 1000000);
      await(Future.all(fs));
      System.err.println("10k more served " + (System.nanoTime() - t2) / 1000000);
    }
    await(b.stop());
    try { await(a.requests("echo").request("hello")); } catch (Exception e) { System.err.println(e); }
    await(a.stop());
  }
}
