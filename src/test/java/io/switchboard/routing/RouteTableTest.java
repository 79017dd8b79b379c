package io.switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private static final Worker[] NOBODY = {};

  private static Route route(String name) {
    return new Route(new Declaration(name, Kind.REQUEST, new JsonObject()), 0, NOBODY,
      NOBODY, new TopicTrie<>(), List.of());
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(RouteTable.EMPTY.route("time")).isNull();
    assertThat(RouteTable.EMPTY.routes()).isEmpty();
  }

  @Test
  void aTableIsNeverChanged() {
    var first = RouteTable.EMPTY.with(Map.of("time", route("time")));
    var second = first.with(Map.of("time", route("time"), "echo", route("echo")));
    assertThat(RouteTable.EMPTY.route("time")).isNull();
    assertThat(first.route("echo")).isNull();
    assertThat(second.route("echo")).isNotNull();
    assertThat(second.route("time")).isNotSameAs(first.route("time"));
  }

  @Test
  void whatHasNotChangedIsTheSame() {
    var first = RouteTable.EMPTY.with(Map.of("time", route("time")));
    var second = first.with(Map.of("echo", route("echo")));
    assertThat(second.route("time")).isSameAs(first.route("time"));
  }

  @Test
  void aNullRouteTakesOneOut() {
    var changes = new HashMap<String, Route>();
    changes.put("time", null);
    changes.put("never", null);
    var table = RouteTable.EMPTY.with(Map.of("time", route("time"), "echo", route("echo")))
      .with(changes);
    assertThat(table.route("time")).isNull();
    assertThat(table.routes()).hasSize(1);
  }

  @Test
  void manyRoutesAreAllFound() {
    var table = RouteTable.EMPTY;
    for (int part = 0; part < 10; part++) {
      var changes = new HashMap<String, Route>();
      for (int i = 0; i < 1_000; i++) {
        var name = "exchange-" + part + "-" + i;
        changes.put(name, route(name));
      }
      table = table.with(changes);
    }
    assertThat(table.routes()).hasSize(10_000);
    for (var route : table.routes()) {
      assertThat(table.route(route.declaration().name())).isSameAs(route);
    }
  }
}
