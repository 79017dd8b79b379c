package io.switchboard.collect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nodes with a collector each, in virtual time, by the rules of this package: each is awake or
 * asleep, and takes one that has slept for long for dead. Messages arrive at once, but a
 * sleeper's view of the others is old when it wakes. The network may part into two besides.
 */
final class SleepyCluster {
  private static final long LEASE = 500;
  private static final long SILENCE = 3_000;
  private static final long STEP = 50;

  private final Random random;
  private final int quorum;
  private final boolean parts;
  private final List<Node> nodes = new ArrayList<>();
  private long now;
  private int reigns;
  private Set<Long> apart = Set.of();
  private long partedAt;

  /** @param parts whether the network parts and mends at random */
  SleepyCluster(Random random, int size, int quorum, boolean parts) {
    this.random = random;
    this.quorum = quorum;
    this.parts = parts;
    for (int i = 0; i < size; i++) {
      nodes.add(new Node(i + 1));
    }
    for (var node : nodes) {
      nodes.stream().filter(other -> other != node).forEach(other -> node.known.add(other.id));
      node.open.addAll(node.known);
      node.tick();
    }
  }

  private final class Node {
    private final long id;
    private final Ballot ballot = new Ballot(LEASE, Epoch.NONE);
    private final Wakefulness wakefulness = new Wakefulness(LEASE * 4 / 5, 3 * LEASE, 0);
    private final Set<Long> known = new HashSet<>();
    private final Set<Long> open = new HashSet<>();
    private final Map<Long, Long> heardAt = new HashMap<>();
    private Claim claim;
    private Tenure tenure;
    private boolean begun;
    private long until;
    private long asleepSince = -1;
    private long wakesAt;

    private Node(long id) {
      this.id = id;
    }

    private boolean sleeps() {
      return asleepSince >= 0;
    }

    private void tick() {
      if (wakefulness.tick(now)) {
        ballot.extend(wakefulness.graceEnd());
      }
      var reach = wakefulness.reach(open, known, now);
      if (claim == null && mayStand()) {
        claim = new Claim(ballot.latest().next(id), id, 0);
        tenure = new Tenure(LEASE);
      }
      if (claim == null) {
        return;
      }
      for (var other : List.copyOf(open)) {
        ask(nodes.get((int) (other - 1)));
        if (claim == null) {
          return;
        }
      }
      if (!begun && tenure.mayBegin(reach, quorum, now)
        && ballot.ask(claim, false, now) == Ballot.Verdict.GRANTED) {
        begun = true;
        reigns++;
      }
      if (begun) {
        boolean mine = ballot.ask(claim, true, now) == Ballot.Verdict.GRANTED;
        until = mine ? tenure.until(reach, quorum, now) : now;
      }
    }

    private boolean mayStand() {
      var holder = ballot.holder();
      boolean reachable = holder != null && open.contains(holder.epoch().node());
      return (holder == null || !ballot.hasBegun() || !reachable)
        && open.stream().allMatch(other -> other > id);
    }

    private void ask(Node other) {
      if (other.sleeps() || areApart(this, other)) {
        return;
      }
      if (begun && other.claim != null
        && claim.epoch().compareTo(other.claim.epoch()) > 0) {
        other.giveUp();
      }
      switch (other.ballot.ask(claim, begun, now)) {
        case GRANTED -> tenure.granted(other.id, now);
        case HELD -> tenure.refused(other.id);
        case DEPOSED -> giveUp();
      }
    }

    private void giveUp() {
      ballot.release(claim.epoch());
      claim = null;
      begun = false;
      until = now;
    }
  }

  /** One tick of time: somebody may fall asleep, the others decide. */
  void step() {
    now += STEP;
    if (parts && random.nextInt(100) == 0) {
      partOrMend();
    }
    var order = new ArrayList<>(nodes);
    Collections.shuffle(order, random);
    for (var node : order) {
      if (node.sleeps() && now >= node.wakesAt) {
        wake(node);
      } else if (!node.sleeps() && random.nextInt(60) == 0) {
        node.asleepSince = now;
        node.wakesAt = now + 100 + random.nextInt(8_000);
      }
    }
    for (var node : order) {
      if (!node.sleeps()) {
        look(node);
        node.tick();
      }
    }
  }

  private void partOrMend() {
    apart = !apart.isEmpty() ? Set.of() : nodes.stream().filter(node -> random.nextBoolean())
      .map(node -> node.id).collect(Collectors.toSet());
    partedAt = now;
  }

  private boolean areApart(Node one, Node other) {
    return apart.contains(one.id) != apart.contains(other.id);
  }

  /** Its connections broke while it slept for long: nobody seems to be there. */
  private void wake(Node node) {
    if (now - node.asleepSince > SILENCE) {
      node.open.clear();
      node.heardAt.clear();
    }
    node.asleepSince = -1;
    node.tick();
  }

  /** Whoever is awake is heard again within a second; whoever sleeps for long is given up. */
  private void look(Node node) {
    for (var other : nodes) {
      if (other == node) {
        continue;
      }
      if (other.sleeps() || areApart(node, other)) {
        node.heardAt.remove(other.id);
        long since = other.sleeps() ? other.asleepSince : partedAt;
        if (now - since > SILENCE) {
          node.open.remove(other.id);
        }
      } else if (node.heardAt.computeIfAbsent(
        other.id, first -> now + random.nextInt(1_000)) <= now) {
        node.open.add(other.id);
      }
    }
  }

  /** Who would hand out an entry now. */
  List<Long> acting() {
    return nodes.stream().filter(node -> !node.sleeps() && node.begun && now < node.until)
      .map(node -> node.id).toList();
  }

  int reigns() {
    return reigns;
  }
}
