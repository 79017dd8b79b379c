package io.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.routing.Declaration;
import io.switchboard.routing.Kind;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DeclarationsTest {
  private static final long SELF = 50;

  private static Declaration declaration(String name, Kind kind, int mailbox) {
    return new Declaration(name, kind, new JsonObject().put("mailbox", mailbox));
  }

  /** What a node says in one version never changes: it is derived from who says it, and when. */
  @Provide
  Arbitrary<List<Declared>> deliveries() {
    var name = Arbitraries.of("time", "echo");
    var version = Arbitraries.integers().between(0, 3);
    var origin = Arbitraries.longs().between(1, 6);
    return Combinators.combine(name, version, origin).as((exchange, number, node) -> {
      int choice = (int) (node * 31 + number * 7) % 3;
      var kind = choice == 0 ? Kind.TOPIC : Kind.REQUEST;
      boolean deleted = number > 0 && (node + number) % 4 == 0;
      return new Declared(declaration(exchange, kind, choice), number, deleted, node);
    }).list().ofMinSize(1).ofMaxSize(12);
  }

  @Property(tries = 2_000)
  void anyOrderOfDeliveriesEndsTheSame(
    @ForAll("deliveries") List<Declared> deliveries, @ForAll Random random) {
    var inOrder = new Declarations(SELF);
    deliveries.forEach(inOrder::merge);
    var otherwise = new ArrayList<>(deliveries);
    otherwise.addAll(deliveries);
    Collections.shuffle(otherwise, random);
    var shuffled = new Declarations(SELF + 1);
    otherwise.forEach(shuffled::merge);
    assertThat(shuffled.all()).containsExactlyInAnyOrderElementsOf(inOrder.all());
    assertThat(shuffled.digest()).isEqualTo(inOrder.digest());
    for (var name : List.of("time", "echo")) {
      assertThat(shuffled.get(name)).isEqualTo(inOrder.get(name));
    }
  }

  @Property(tries = 500)
  void hearingItAgainChangesNothing(@ForAll("deliveries") List<Declared> deliveries) {
    var declarations = new Declarations(SELF);
    deliveries.forEach(declarations::merge);
    long digest = declarations.digest();
    for (var again : deliveries) {
      assertThat(declarations.merge(again)).isFalse();
    }
    assertThat(declarations.digest()).isEqualTo(digest);
  }

  @Property(tries = 500)
  void nodesThatTellEachOtherEverythingAgree(@ForAll("deliveries") List<Declared> here,
    @ForAll("deliveries") List<Declared> there) {
    var one = new Declarations(SELF);
    here.forEach(one::merge);
    var two = new Declarations(SELF + 1);
    there.forEach(two::merge);
    List.copyOf(one.all()).forEach(two::merge);
    List.copyOf(two.all()).forEach(one::merge);
    assertThat(one.digest()).isEqualTo(two.digest());
    assertThat(one.all()).containsExactlyInAnyOrderElementsOf(two.all());
  }

  @Property(tries = 500)
  void jsonSaysEverything(@ForAll("deliveries") List<Declared> deliveries) {
    for (var declared : deliveries) {
      var read = Declared.fromJson(new JsonObject(declared.toJson().encode()));
      assertThat(read).isEqualTo(declared);
      assertThat(read.digest()).isEqualTo(declared.digest());
    }
  }

  @Example
  void anExplicitDeclarationBeatsAnImplicitOne() {
    var attached = new Declarations(1);
    var declared = new Declarations(2);
    var implicit = attached.declareImplicitly(declaration("time", Kind.REQUEST, 1_024));
    var explicit = declared.declare(declaration("time", Kind.REQUEST, 8));
    assertThat(attached.merge(explicit)).isTrue();
    assertThat(declared.merge(implicit)).isFalse();
    assertThat(attached.get("time")).isEqualTo(explicit.declaration());
  }

  @Example
  void whatWasDeletedStaysAwayAndCanBeDeclaredAnew() {
    var declarations = new Declarations(SELF);
    var first = declarations.declare(declaration("time", Kind.REQUEST, 8));
    long before = declarations.digest();
    var deleted = declarations.delete("time");
    assertThat(declarations.get("time")).isNull();
    assertThat(declarations.merge(first)).isFalse();
    assertThat(declarations.get("time")).isNull();
    assertThat(declarations.digest()).isNotEqualTo(before);
    var anew = declarations.declareImplicitly(declaration("time", Kind.TOPIC, 8));
    assertThat(declarations.merge(deleted)).isFalse();
    assertThat(declarations.get("time")).isEqualTo(anew.declaration());
  }

  /**
   * Two parts of a cluster declare and delete as they like, and meet now and then: a name has a
   * later life exactly when somebody has deleted it since, where the earlier one was known.
   */
  @Property(tries = 2_000)
  void onlyADeletionEndsALife(@ForAll @Size(max = 20) List<@IntRange(max = 7) Integer> steps) {
    var parts = List.of(new Declarations(1), new Declarations(2));
    var deletions = new int[parts.size()];
    for (int step : steps) {
      var part = parts.get(step % 2);
      boolean lives = part.get("time") != null;
      if (step >= 6) {
        var other = parts.get(1 - step % 2);
        List.copyOf(other.all()).forEach(part::merge);
        deletions[step % 2] = Math.max(deletions[0], deletions[1]);
      } else if (step >= 4 && lives) {
        int life = part.entry("time").life();
        assertThat(part.delete("time").life()).isEqualTo(life + 1);
        deletions[step % 2] = Math.max(deletions[step % 2], life + 1);
      } else if (!lives) {
        var declaration = declaration("time", Kind.REQUEST, step);
        if (step < 2) {
          part.declareImplicitly(declaration);
        } else {
          part.declare(declaration);
        }
      }
      var entry = part.entry("time");
      assertThat(entry == null ? 0 : entry.life()).isLessThanOrEqualTo(deletions[step % 2]);
    }
  }

  @Example
  void theOldestTombstonesAreForgotten() {
    var declarations = new Declarations(SELF);
    for (int i = 0; i < Declarations.MAX_TOMBSTONES + 10; i++) {
      declarations.declare(declaration("x" + i, Kind.REQUEST, 8));
      declarations.delete("x" + i);
    }
    assertThat(declarations.all()).hasSize(Declarations.MAX_TOMBSTONES);
    assertThat(declarations.entry("x9")).isNull();
    assertThat(declarations.entry("x10").deleted()).isTrue();
    var same = new Declarations(SELF + 1);
    declarations.all().forEach(same::merge);
    assertThat(same.digest()).isEqualTo(declarations.digest());
  }
}
