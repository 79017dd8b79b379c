package io.switchboard.it;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What producers and workers wrote of a run: every submit, delivery and verdict. Checks what a
 * task exchange promises. Not thread-safe.
 */
final class TaskHistory {
  /** A task was handed to a worker. */
  record Delivery(int number, String id, String token, int attempt, String node, long atMicros) {
  }

  private final Map<Integer, String> keys = new HashMap<>();
  private final Map<Integer, String> answered = new TreeMap<>();
  private final Map<Integer, List<Delivery>> deliveries = new HashMap<>();
  private final Set<Integer> acked = new HashSet<>();
  private final Set<Integer> dead = new HashSet<>();

  /** A submit was tried; numbers of one key count up in the order of their submits. */
  void submitted(int number, String key) {
    keys.put(number, key);
  }

  /** The submit was answered with this id. */
  void answered(int number, String id) {
    answered.put(number, id);
  }

  void delivered(Delivery delivery) {
    deliveries.computeIfAbsent(delivery.number, absent -> new ArrayList<>()).add(delivery);
  }

  /** A worker was told that its ack is stored. */
  void acked(int number) {
    acked.add(number);
  }

  void dead(int number) {
    dead.add(number);
  }

  /** Takes in what one worker process wrote; a last line that was cut off is left out. */
  void read(Path log) throws IOException {
    var text = Files.readString(log);
    for (var line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
      if (!line.isEmpty()) {
        event(new JsonObject(line));
      }
    }
  }

  private void event(JsonObject line) {
    int number = line.getInteger("n");
    if (line.getString("event").equals("acked")) {
      acked(number);
    } else {
      delivered(new Delivery(number, line.getString("id"), line.getString("token"),
        line.getInteger("attempt"), line.getString("node"), line.getLong("at")));
    }
  }

  int answeredCount() {
    return answered.size();
  }

  /** Tasks of which a worker was told that its ack is stored. */
  int ackedCount() {
    return acked.size();
  }

  /** Tasks that were handed out more than once. */
  long duplicates() {
    return deliveries.values().stream().filter(list -> list.size() > 1).count();
  }

  /** The longest time from then to the next delivery of what a node had in hand. */
  long redeliveryMillis(String node, long sinceMicros) {
    return deliveries.values().stream().mapToLong(list -> {
      var before = list.stream().filter(each -> each.atMicros <= sinceMicros)
        .max(Comparator.comparingLong(Delivery::atMicros));
      var after = list.stream().filter(each -> each.atMicros > sinceMicros)
        .min(Comparator.comparingLong(Delivery::atMicros));
      return before.isPresent() && after.isPresent() && before.get().node.equals(node)
        ? (after.get().atMicros - sinceMicros) / 1_000 : 0;
    }).max().orElse(0);
  }

  /** What was promised and not kept; empty when everything was. */
  List<String> offences() {
    var offences = new ArrayList<String>();
    lost(offences);
    invented(offences);
    heldTwice(offences);
    outOfOrder(offences);
    return offences;
  }

  private void lost(List<String> offences) {
    answered.forEach((number, id) -> {
      if (!deliveries.containsKey(number) && !dead.contains(number)) {
        offences.add("task " + number + " (" + id + ") was answered and never handed out");
      }
    });
  }

  private void invented(List<String> offences) {
    deliveries.forEach((number, list) -> {
      if (!keys.containsKey(number)) {
        offences.add("task " + number + " was handed out and never submitted");
      }
      var id = answered.get(number);
      if (id != null && list.stream().anyMatch(each -> !each.id.equals(id))) {
        offences.add("task " + number + " was handed out under another id than " + id);
      }
    });
  }

  private void heldTwice(List<String> offences) {
    var tokens = new HashSet<String>();
    deliveries.forEach((number, list) -> list.forEach(each -> {
      if (!tokens.add(each.id + "/" + each.token)) {
        offences.add("task " + number + " was handed out twice under one token");
      }
    }));
  }

  private void outOfOrder(List<String> offences) {
    var byKey = new HashMap<String, List<Integer>>();
    answered.keySet().forEach(number ->
      byKey.computeIfAbsent(keys.get(number), absent -> new ArrayList<>()).add(number));
    byKey.forEach((key, numbers) -> {
      boolean redelivered = key == null || numbers.stream().anyMatch(
        number -> deliveries.getOrDefault(number, List.of()).size() != 1);
      for (int i = 1; !redelivered && i < numbers.size(); i++) {
        if (at(numbers.get(i)) < at(numbers.get(i - 1))) {
          offences.add("of key " + key + " task " + numbers.get(i) + " came before "
            + numbers.get(i - 1));
        }
      }
    });
  }

  private long at(int number) {
    return deliveries.get(number).get(0).atMicros;
  }
}
