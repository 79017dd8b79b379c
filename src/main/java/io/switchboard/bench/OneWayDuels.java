package io.switchboard.bench;

import io.switchboard.bench.Duel.Contender;
import io.switchboard.bench.OneWayLoop.Way;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Messages for which nobody waits: to one worker, to many subscribers, and large ones. */
final class OneWayDuels {
  private static final Future<Void> SENT = Future.succeededFuture();
  /** Little less than a mailbox holds: with half of that senders wait while receivers idle. */
  private static final int PUBLISH_WINDOW = 960;
  private static final int LARGE = 64 * 1024;
  private static final int LARGE_WINDOW = 32;
  private static final double LARGE_PER_MIB = 16;
  private static final int STREAM_WINDOW = 1_024;

  private final List<Stage> stages;
  private final BenchPlan plan;
  private final Buffer body;

  OneWayDuels(List<Stage> stages, BenchPlan plan) {
    this.stages = stages;
    this.plan = plan;
    this.body = Buffer.buffer(new byte[plan.payload()]);
  }

  private IntFunction<Future<Round>> loop(Stage stage, Way way, Operation operation) {
    return round -> OneWayLoop.run(stage, way, operation, plan.time(round));
  }

  /** To one worker. */
  Duel send() {
    return new Duel("send", "one-way to one worker", "deliveries", Duels.contenders(stages,
      stage -> loop(stage, toSink(true, OneWayLoop.WINDOW), sending(stage, body)),
      this::toSinkPlain));
  }

  /** Over the plain event bus to one consumer. */
  IntFunction<Future<Round>> toSinkPlain(Stage stage) {
    return loop(stage, toSink(false, OneWayLoop.WINDOW), sendingPlain(stage, body));
  }

  private static Way toSink(boolean exchange, int window) {
    return new Way("sink", exchange, window, 1, false);
  }

  private static Operation sending(Stage stage, Buffer payload) {
    var exchange = stage.near().requests(SinkVerticle.EXCHANGE);
    return () -> exchange.send(payload);
  }

  private static Operation sendingPlain(Stage stage, Buffer payload) {
    var bus = stage.near().vertx().eventBus();
    return () -> {
      bus.send(SinkVerticle.ADDRESS, payload);
      return SENT;
    };
  }

  /** To so many subscribers on each far node. */
  Duel publish(int subscribers) {
    var subscribe = new JsonObject().put("order", "subscribe").put("subscribers", subscribers);
    var unsubscribe = new JsonObject().put("order", "unsubscribe");
    var contenders = Duels.contenders(stages,
      stage -> overTopic(stage, SubscriberVerticle.topic(subscribers), subscribers),
      stage -> loop(stage, toSubscribers(stage, false, subscribers),
        publishingPlain(stage, subscribers)));
    contenders.add(contenders.size() - 1, new Contender("exchange, bytes only read",
      overTopic(stages.get(0), SubscriberVerticle.readTopic(subscribers), subscribers)));
    return new Duel("publish/" + subscribers, "publish to " + subscribers + " subscribers",
      "deliveries", contenders, true, everywhere(subscribe), everywhere(unsubscribe));
  }

  private IntFunction<Future<Round>> overTopic(Stage stage, String name, int subscribers) {
    var topic = stage.near().topic(name);
    return loop(stage, toSubscribers(stage, true, subscribers),
      () -> topic.publish(SubscriberVerticle.KEY, body));
  }

  private Supplier<Future<?>> everywhere(JsonObject order) {
    return () -> Future.all(stages.stream().map(stage -> stage.order(order)).toList());
  }

  private static Way toSubscribers(Stage stage, boolean exchange, int subscribers) {
    return new Way("subscribers", exchange, PUBLISH_WINDOW,
      subscribers * stage.farNodes(), true);
  }

  private Operation publishingPlain(Stage stage, int subscribers) {
    var bus = stage.near().vertx().eventBus();
    var address = SubscriberVerticle.address(subscribers);
    return () -> {
      bus.publish(address, body);
      return SENT;
    };
  }

  /** Large bodies; the baseline is a socket that carries nothing else. */
  Duel bytes() {
    var large = Buffer.buffer(new byte[LARGE]);
    var client = stages.get(0).near().vertx().createNetClient();
    var contenders = new ArrayList<Contender>(Duels.contenders(stages,
      stage -> mebibytes(loop(stage, toSink(true, LARGE_WINDOW), sending(stage, large))),
      stage -> mebibytes(
        loop(stage, toSink(false, LARGE_WINDOW), sendingPlain(stage, large)))));
    contenders.add(raw(client, large));
    return new Duel("bytes", "bodies of 64 KiB, MiB", "MiB", contenders, true,
      Future::succeededFuture, client::close);
  }

  /** Chunks of the plan's payload, beside messages under the same window. */
  Duel stream() {
    return new Duel("stream", "stream of chunks", "chunks", Duels.contenders(stages,
      stage -> round -> StreamRound.overExchange(
        stage, plan.payload(), STREAM_WINDOW, plan.time(round)),
      stage -> round -> StreamRound.overBus(
        stage, plan.payload(), STREAM_WINDOW, plan.time(round))));
  }

  /** Large chunks; the baseline is a socket that carries nothing else. */
  Duel largeStream() {
    var client = stages.get(0).near().vertx().createNetClient();
    var contenders = new ArrayList<Contender>(Duels.contenders(stages,
      stage -> mebibytes(round -> StreamRound.overExchange(
        stage, LARGE, LARGE_WINDOW, plan.time(round))),
      stage -> mebibytes(round -> StreamRound.overBus(
        stage, LARGE, LARGE_WINDOW, plan.time(round)))));
    contenders.add(raw(client, Buffer.buffer(new byte[LARGE])));
    return new Duel("stream/64k", "stream of chunks of 64 KiB, MiB", "MiB", contenders, true,
      Future::succeededFuture, client::close);
  }

  private Contender raw(NetClient client, Buffer large) {
    return new Contender("raw TCP socket", mebibytes(round ->
      RawLoop.run(stages.get(0), client, large, plan.time(round))));
  }

  private static IntFunction<Future<Round>> mebibytes(IntFunction<Future<Round>> bodies) {
    return round -> bodies.apply(round).map(result -> new Round(
      result.perSecond() / LARGE_PER_MIB, result.operations(), null, result.failures()));
  }
}
