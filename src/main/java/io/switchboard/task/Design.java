package io.switchboard.task;

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
 * that left in order or were forgotten by hand. Three and more of them need a majority in reach
 * to take tasks; so two halves of a cluster never both do. Any thread.
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

  /** True when so many nodes of a design of that size may take tasks. */
  static boolean isEnough(int designed, int inReach) {
    return designed < MAJORITY_FROM || 2 * inReach > designed;
  }

  /** @param members how many nodes keep tasks, as the store sees it */
  public boolean hasQuorum(int members) {
    int inReach = Math.min(members, trunks.open().size() + 1);
    synchronized (names) {
      return isEnough(names.size(), inReach);
    }
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
