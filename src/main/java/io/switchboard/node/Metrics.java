package io.switchboard.node;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** This node's figures as Prometheus reads them. Called on worker threads, one at a time. */
final class Metrics {
  /** Exchanges with metrics of their own; more would be too many time series. */
  private static final int MAX_EXCHANGES = 1_000;

  private final PrometheusMeterRegistry registry =
    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final Messaging messaging;
  private final Set<String> known = new HashSet<>();
  private volatile Map<String, JsonObject> figures = Map.of();

  Metrics(Messaging messaging) {
    this.messaging = messaging;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
    var trunks = messaging.trunks();
    Gauge.builder("switchboard.nodes.reachable", trunks, all -> all.open().size() + 1)
      .description("Nodes in reach, this one included").register(registry);
    FunctionCounter.builder("switchboard.batches.malformed", trunks, all -> all.malformed())
      .description("Batches that were not of this protocol").register(registry);
    Gauge.builder("switchboard.unfinished", messaging, Messaging::unfinished)
      .description("Calls without an answer and deliveries in hand").register(registry);
  }

  synchronized String scrape() {
    figures = messaging.figures();
    for (var name : figures.keySet()) {
      if (known.size() < MAX_EXCHANGES && known.add(name)) {
        register(name);
      }
    }
    return registry.scrape();
  }

  private void register(String exchange) {
    for (var figure : figures.get(exchange).fieldNames()) {
      FunctionCounter.builder("switchboard.exchange." + figure, this,
          self -> self.figures.getOrDefault(exchange, new JsonObject()).getLong(figure, 0L))
        .tag("exchange", exchange).register(registry);
    }
  }

  synchronized void close() {
    garbageCollection.close();
    registry.close();
  }
}
