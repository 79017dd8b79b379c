package io.switchboard.cluster;

import io.switchboard.trunk.Trunk;
import io.switchboard.trunk.TrunkListener;
import io.switchboard.trunk.Trunks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * The nodes that this cluster is meant to have: every name that was ever there, but for those
 * that left in order or were forgotten by hand. Where there are three and more of them, it takes
 * a majority of them to take tasks, and to have an active collector; so two parts of a cluster
 * never both do. Any thread.
 */
public final class Design implements TrunkListener {
  private static final String DESIGN = "design";
  private static final String FORGET = "forget";
  private static final String NAMES = "names";
  private static final int MAJORITY_FROM = 3;

  private final Trunks trunks;
  private final Set<String> names = new TreeSet<>();

  /** To be made before the trunks start. */
  public Design(Trunks trunks) {
    this.trunks = trunks;
    names.add(trunks.self().name());
    trunks.addListener(this);
  }

  /** Of a design of that size. With one node or two, going on is worth more than safety. */
  static int quorum(int designed) {
    return designed < MAJORITY_FROM ? 1 : designed / 2 + 1;
  }

  /** How many nodes, this one included, it takes at least at present. */
  public int quorum() {
    synchronized (names) {
      return quorum(names.size());
    }
  }

  /** @param members how many nodes keep tasks, as the store sees it */
  public boolean hasQuorum(int members) {
    return Math.min(members, trunks.open().size() + 1) >= quorum();
  }

  /** All names, in their order. */
  public Collection<String> names() {
    synchronized (names) {
      return Set.copyOf(names);
    }
  }

  /** A node will not come back: all nodes in reach take it out. False when it was unknown. */
  public boolean forget(String name) {
    trunks.open().forEach(
      trunk -> trunks.tell(trunk, FORGET, new JsonObject().put("name", name)));
    return remove(name);
  }

  private boolean remove(String name) {
    synchronized (names) {
      return names.remove(name);
    }
  }

  @Override
  public void onUp(Trunk trunk) {
    add(Set.of(trunk.peer().name()));
    trunks.tell(trunk, DESIGN, new JsonObject().put(NAMES, new JsonArray(names().stream()
      .toList())));
  }

  private void add(Collection<String> more) {
    synchronized (names) {
      names.addAll(more);
    }
  }

  @Override
  public void onDown(Trunk trunk, String reason) {
    // It said that it drains before it left: nobody waits for it.
    if (trunk.state() == Trunk.State.GONE
      && "draining".equals(trunk.peer().attributes().getString("state"))) {
      remove(trunk.peer().name());
    }
  }

  @Override
  public void onControl(Trunk trunk, String type, JsonObject content) {
    if (type.equals(DESIGN)) {
      add(content.getJsonArray(NAMES).stream().map(String.class::cast).toList());
    } else if (type.equals(FORGET)) {
      remove(content.getString("name"));
    }
  }
}
