package io.switchboard.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What producers and workers wrote of a run: every submit, delivery and verdict. Checks what a
 * task exchange promises. Times are microseconds of one clock. Thread-safe.
 */
final class TaskHistory {
  /** A task was handed to the worker of a process. */
  record Delivery(int number, String id, String token, String process, long at) {
  }

  /** From then until then what a process holds may be handed to others as well. */
  private record Trouble(String process, long from, long until) {
  }

  private final Map<Integer, String> keys = new HashMap<>();
  private final Map<Integer, String> answered = new TreeMap<>();
  private final Map<Integer, List<Delivery>> deliveries = new HashMap<>();
  /** When verdicts were spoken, and when their workers were told that they are stored. */
  private final Map<String, Long> spoken = new HashMap<>();
  private final Map<String, Long> acked = new HashMap<>();
  private final Map<String, Long> refused = new HashMap<>();
  private final HashSet<String> doubted = new HashSet<>();
  private final HashSet<Integer> dead = new HashSet<>();
  private final List<Trouble> troubles = new ArrayList<>();

  /** A submit was tried; numbers of one key count up in the order of their submits. */
  synchronized void submitted(int number, String key) {
    keys.put(number, key);
  }

  /** The submit was answered with this id. */
  synchronized void answered(int number, String id) {
    answered.put(number, id);
  }

  synchronized void delivered(Delivery delivery) {
    deliveries.computeIfAbsent(delivery.number, absent -> new ArrayList<>()).add(delivery);
  }

  /** A worker spoke its verdict. */
  synchronized void spoken(String token, long at) {
    spoken.put(token, at);
  }

  /** A worker was told that its ack is stored. */
  synchronized void acked(String token, long at) {
    acked.put(token, at);
  }

  /** A worker was told that its ack does not count. */
  synchronized void refused(String token, long at) {
    refused.put(token, at);
  }

  /** A worker whose node stood still was told that the task is done, by it or by another. */
  synchronized void doubted(String token) {
    doubted.add(token);
  }

  synchronized void dead(int number) {
    dead.add(number);
  }

  /** The process was killed, stopped or frozen in this time. */
  synchronized void troubled(String process, long from, long until) {
    troubles.add(new Trouble(process, from, until));
  }

  /** What one process wrote, whose name is the file's; a last line that was cut off is left out. */
  void read(Path log) throws IOException {
    var text = Files.readString(log);
    for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      var words = line.split(" ");
      switch (words[0]) {
        case "delivered" -> delivered(new Delivery(Integer.parseInt(words[2]), words[3],
          words[4], log.getFileName().toString(), Long.parseLong(words[1])));
        case "spoken" -> spoken(words[4], Long.parseLong(words[1]));
        case "acked" -> acked(words[4], Long.parseLong(words[1]));
        case "doubted" -> doubted(words[4]);
        case "refused" -> refused(words[4], Long.parseLong(words[1]));
        default -> throw new IOException("in " + log + ": " + line);
      }
    }
  }

  synchronized int answeredCount() {
    return answered.size();
  }

  /** The longest time from then to the next delivery of what the process had in hand. */
  synchronized long redeliveryMillis(String process, long since) {
    return deliveries.values().stream().mapToLong(list -> {
      var before = list.stream().filter(each -> each.at <= since)
        .max(Comparator.comparingLong(Delivery::at));
      var after = list.stream().filter(each -> each.at > since)
        .min(Comparator.comparingLong(Delivery::at));
      return before.isPresent() && after.isPresent() && before.get().process.equals(process)
        ? (after.get().at - since) / 1_000 : 0;
    }).max().orElse(0);
  }

  /** Why tasks were handed out again, with how many of each. */
  synchronized Map<String, Integer> duplicates() {
    var reasons = new TreeMap<String, Integer>();
    deliveries.values().forEach(list -> {
      list.sort(Comparator.comparingLong(Delivery::at));
      for (int i = 1; i < list.size(); i++) {
        reasons.merge(reason(list.get(i - 1), list.get(i)), 1, Integer::sum);
      }
    });
    return reasons;
  }

  /** Held by a process that was lost, or its verdict had no answer yet. */
  private String reason(Delivery first, Delivery next) {
    boolean lost = wasTroubled(first, next.at);
    boolean unanswered = spoken.containsKey(first.token)
      && acked.getOrDefault(first.token, Long.MAX_VALUE) > next.at;
    return unanswered ? "verdict unanswered" : lost ? "held by a lost process" : "no reason";
  }

  private boolean wasTroubled(Delivery held, long until) {
    return troubles.stream().anyMatch(each -> each.process.equals(held.process)
      && each.from <= until && each.until >= held.at);
  }

  /** What was promised and not kept; empty when everything was. */
  synchronized List<String> offences() {
    var offences = new ArrayList<String>();
    deliveries.values().forEach(list -> list.sort(Comparator.comparingLong(Delivery::at)));
    answered.keySet().forEach(number -> lost(number, offences));
    deliveries.forEach((number, list) -> invented(number, list, offences));
    heldTwice(offences);
    deliveries.forEach((number, list) -> forgotten(number, list, offences));
    outOfOrder(offences);
    return offences;
  }

  private void lost(int number, List<String> offences) {
    var list = deliveries.getOrDefault(number, List.of());
    var what = "task " + number + " (" + answered.get(number) + ") was answered and never ";
    if (list.isEmpty() && !dead.contains(number)) {
      offences.add(what + "handed out");
    } else if (!dead.contains(number)
      && list.stream().noneMatch(
        each -> acked.containsKey(each.token) || doubted.contains(each.token))
      && list.stream().noneMatch(each -> wasTroubled(each, Long.MAX_VALUE))) {
      // One that was lost may have acked it and not written so.
      offences.add(what + "acked: " + list.stream().map(this::told).toList());
    }
  }

  private String told(Delivery each) {
    return each + " spoken " + spoken.get(each.token) + " refused " + refused.get(each.token);
  }

  private void invented(int number, List<Delivery> list, List<String> offences) {
    if (!keys.containsKey(number)) {
      offences.add("task " + number + " was handed out and never submitted");
    }
    var id = answered.getOrDefault(number, list.get(0).id);
    if (list.stream().anyMatch(each -> !each.id.equals(id))) {
      offences.add("task " + number + " was handed out under another id than " + id);
    }
  }

  private void heldTwice(List<String> offences) {
    var tokens = new HashSet<String>();
    deliveries.forEach((number, list) -> list.forEach(each -> {
      if (!tokens.add(each.token)) {
        offences.add("task " + number + " was handed out twice under one token");
      }
    }));
  }

  private void forgotten(int number, List<Delivery> list, List<String> offences) {
    long first = list.stream().mapToLong(
      each -> acked.getOrDefault(each.token, Long.MAX_VALUE)).min().orElse(Long.MAX_VALUE);
    if (list.stream().anyMatch(each -> each.at > first && acked.containsKey(each.token))) {
      offences.add("task " + number + " was acked, handed out again, and acked again");
    }
  }

  /** Of what was handed out once, per key. */
  private void outOfOrder(List<String> offences) {
    var last = new HashMap<String, Delivery>();
    for (int number : answered.keySet()) {
      var list = deliveries.getOrDefault(number, List.of());
      var key = keys.get(number);
      if (key != null && list.size() == 1) {
        var before = last.put(key, list.get(0));
        if (before != null && before.at > list.get(0).at) {
          offences.add("of key " + key + " task " + number + " came before " + before.number);
        }
      }
    }
  }
}
