package io.switchboard.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "exchanges",
  header = "Lists the exchanges with who is attached and running totals.",
  description = "With a name: shows that one with its options, totals, workers and subscribers.",
  footer = {"", "Examples:",
    "  switchboard exchanges",
    "  switchboard exchanges echo",
    "  switchboard exchanges --json | jq '.[] | select(.kind == \"topic\")'"})
final class ExchangesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private ApiOptions api;

  @Parameters(arity = "0..1", paramLabel = "EXCHANGE", description = "Show only this one.")
  private String exchange;

  ExchangesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var path = "/api/v1/exchanges"
      + (exchange == null ? "" : "/" + ApiClient.escaped(exchange));
    var answer = api.client(terminal).get(path);
    if (api.json()) {
      answer.printJson(terminal.out());
    } else if (exchange == null) {
      list(answer.array());
    } else {
      show(answer.object());
    }
    return 0;
  }

  private void list(JsonArray exchanges) {
    if (exchanges.isEmpty()) {
      terminal.out().println("No exchange is declared; '" + Home.command()
        + " declare EXCHANGE KIND' declares one.");
      return;
    }
    var table = new Table("NAME", "KIND", "WORKERS", "SUBSCRIBERS", "NODES", "REQUESTS",
      "SENDS", "PUBLISHED", "FAILURES", "OVERLOADED");
    for (var one : ApiOptions.objects(exchanges)) {
      var workers = ApiOptions.objects(one.getJsonArray("workers"));
      var subscribers = ApiOptions.objects(one.getJsonArray("subscribers"));
      var nodes = new LinkedHashSet<Object>();
      workers.forEach(worker -> nodes.add(worker.getValue("node")));
      subscribers.forEach(subscriber -> nodes.add(subscriber.getValue("node")));
      table.row(one.getValue("name"), one.getValue("kind"), workers.size(),
        subscribers.stream().mapToInt(each -> each.getInteger("count", 1)).sum(),
        nodes.size(), figure(one, "requests"), figure(one, "sends"), figure(one, "published"),
        figure(one, "failures"), figure(one, "overloaded"));
    }
    table.print(terminal.out());
  }

  private void show(JsonObject one) {
    var out = terminal.out();
    out.println(PlainText.line(one.getValue("name") + " (" + one.getValue("kind") + ")"));
    var settings = new Table("OPTION", "VALUE");
    one.getJsonObject("options", new JsonObject())
      .forEach(option -> settings.row(option.getKey(), String.valueOf(option.getValue())));
    section(settings);
    var fallbacks = new Table("ROUND-ROBIN ON", "BECAUSE");
    ApiOptions.objects(one.getJsonArray("fallbacks", new JsonArray())).forEach(fallback ->
      fallbacks.row(fallback.getValue("node"), fallback.getValue("reason")));
    section(fallbacks);
    var figures = new Table("FIGURE", "TOTAL");
    one.getJsonObject("figures", new JsonObject())
      .forEach(figure -> figures.row(figure.getKey(), figure.getValue()));
    section(figures);
    var workers = new Table("WORKER", "NODE", "IN FLIGHT", "MAILBOX", "HANDLED", "FAILED");
    ApiOptions.objects(one.getJsonArray("workers")).forEach(worker ->
      workers.row(String.valueOf(worker.getValue("worker")), worker.getValue("node"),
        worker.getValue("inFlight"), worker.getValue("mailbox"), worker.getValue("handled"),
        worker.getValue("failed")));
    section(workers);
    section(labels(one));
    var collectors = new Table("COLLECTOR", "NODE", "STATE", "EPOCH");
    ApiOptions.objects(one.getJsonArray("collectors")).forEach(collector ->
      collectors.row(String.valueOf(collector.getValue("worker")), collector.getValue("node"),
        collector.getValue("state"), collector.getValue("epoch")));
    section(collectors);
    section(labels(one));
    var subscribers = new Table("SUBSCRIBERS", "NODE", "PATTERNS");
    ApiOptions.objects(one.getJsonArray("subscribers")).forEach(subscriber ->
      subscribers.row(subscriber.getValue("count"), subscriber.getValue("node"),
        patterns(subscriber.getValue("patterns"))));
    section(subscribers);
  }

  private static Table labels(JsonObject one) {
    var labels = new Table("WORKER", "NODE", "WEIGHT", "LABELS");
    ApiOptions.objects(one.getJsonArray("workers")).stream()
      .filter(worker -> worker.containsKey("labels"))
      .forEach(worker -> labels.row(String.valueOf(worker.getValue("worker")),
        worker.getValue("node"), worker.getValue("weight"), worker.getJsonObject("labels")
          .stream().map(label -> label.getKey() + "=" + label.getValue())
          .collect(Collectors.joining(" "))));
    return labels;
  }

  private void section(Table table) {
    if (!table.isEmpty()) {
      terminal.out().println();
      table.print(terminal.out());
    }
  }

  private static String patterns(Object patterns) {
    return patterns instanceof JsonArray array
      ? String.join(" ", array.stream().map(String::valueOf).toList())
      : String.valueOf(patterns);
  }

  private static Object figure(JsonObject exchange, String name) {
    return exchange.getJsonObject("figures", new JsonObject()).getValue(name);
  }
}
