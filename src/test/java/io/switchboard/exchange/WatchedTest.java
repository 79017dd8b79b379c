package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.exchange.Change.Reason;
import io.switchboard.routing.Declaration;
import io.switchboard.routing.Kind;
import io.switchboard.routing.Node;
import io.switchboard.routing.Route;
import io.switchboard.routing.TopicTrie;
import io.switchboard.routing.Worker;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchedTest {
  private static final Node HERE = new Node("here", 1, Node.LOCAL);
  private static final Node FAR = new Node("far", 2, 1);

  private static Route route(Worker... workers) {
    return new Route(new Declaration("x", Kind.REQUEST, RequestOptions.DEFAULT.toJson()), 0,
      workers, Arrays.stream(workers).filter(each -> each.node().isLocal()).toArray(Worker[]::new),
      new TopicTrie<>(), List.of());
  }

  private static Worker worker(Node node, long id) {
    return new Worker(node, id, 0, new JsonObject(), 1);
  }

  private static Reason reason(Watched watched, Route route, Set<Node> before, boolean inReach) {
    return watched.down(route, before, node -> inReach).reason();
  }

  @Test
  void anExchangeIsMadeUpByWhoeverIsAttached() {
    var whole = Watched.exchange("x");
    assertThat(whole.holders(null)).isEmpty();
    assertThat(whole.holders(route())).isEmpty();
    assertThat(whole.holders(route(worker(HERE, 1), worker(FAR, 1))))
      .containsExactlyInAnyOrder(HERE, FAR);
    var topic = new Route(route().declaration(), 0, new Worker[0], new Worker[0],
      new TopicTrie<>(), List.of(new Route.Subscribers(FAR, List.of("#"), 1)));
    assertThat(whole.holders(topic)).containsExactly(FAR);
  }

  @Test
  void aWorkerIsKnownByNodeAndNumber() {
    var one = new Watched("x", "far", 7);
    assertThat(one.holders(route(worker(FAR, 7), worker(FAR, 8)))).containsExactly(FAR);
    assertThat(one.holders(route(worker(FAR, 8), worker(HERE, 7)))).isEmpty();
  }

  @Test
  void theReasonIsToldApart() {
    var whole = Watched.exchange("x");
    assertThat(reason(whole, null, null, true)).isEqualTo(Reason.ABSENT);
    assertThat(reason(whole, route(), null, true)).isEqualTo(Reason.ABSENT);
    assertThat(reason(whole, null, Set.of(FAR), true)).isEqualTo(Reason.DELETED);
    assertThat(reason(whole, route(), Set.of(FAR), true)).isEqualTo(Reason.DETACHED);
    assertThat(reason(whole, route(), Set.of(FAR), false)).isEqualTo(Reason.NODE_DOWN);
    assertThat(whole.down(route(), Set.of(FAR), node -> false).detail()).contains("far");
    assertThat(whole.back(Set.of(FAR)))
      .isEqualTo(new Change("x", true, Reason.BACK, "attached on node far"));
  }
}
