package io.switchboard.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The picture of the architecture, held. */
class ArrowsTest {
  private static final List<SourceFile> MAIN = SourceTree.mainJava();

  @Test
  void packagesUseOnlyWhatTheirArrowsReach() {
    assertThat(MAIN).as("sources found").hasSizeGreaterThan(20);
    Offence.requireNone(Arrows.outsideThePicture(MAIN));
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    assertThat(Arrows.cycle(MAIN)).isEmpty();
    assertThat(Cycle.in(Arrows.DRAWN)).as("the picture itself").isEmpty();
  }

  @Test
  void hazelcastIsKnownOnlyWhereItIsHidden() {
    Offence.requireNone(Arrows.hazelcastOutside(MAIN));
  }

  @Test
  void internalsOfLibrariesAreUsedOnlyWhereThatIsExplained() {
    Offence.requireNone(Arrows.internals(MAIN, Arrows.INTERNALS_ALLOWED.keySet()));
  }

  @Test
  void whoMayUseInternalsAlsoDoes() {
    var users = Arrows.internals(MAIN, Set.of()).stream().map(Offence::path).toList();
    assertThat(Arrows.INTERNALS_ALLOWED.keySet()).allMatch(users::contains);
  }

  @Test
  void packagesAreNamedAfterWhatTheyAreFor() {
    Offence.requireNone(Arrows.bannedNames(MAIN));
  }

  @Test
  void everyPackageIsExplained() {
    Offence.requireNone(Arrows.unexplained(MAIN));
  }

  /** Every rule can fail. */
  @Nested
  class OnBadExamples {
    @Test
    void anImportAgainstAnArrow() {
      assertThat(Arrows.outsideThePicture(List.of(
        java("routing", "import io.switchboard.trunk.Trunk;\nclass A {}"))))
        .hasToString("[src/main/java/io/switchboard/routing/A.java:2: routing uses trunk "
          + "(io.switchboard.trunk.Trunk); it may use only [message, options]]");
    }

    @Test
    void aStaticImportAStarAndAFullNameAgainstAnArrow() {
      assertThat(Arrows.outsideThePicture(List.of(
        java("message", "import static io.switchboard.options.Option.text;\nclass A {}"),
        java("lane", "import io.switchboard.message.*;\nclass A {}"),
        java("lane", "class A {\n  io.switchboard.message.Headers headers;\n}"),
        java("node", "class A {\n  Object board = io.switchboard.Switchboard.of(null);\n}"),
        java("task.store", "import io.switchboard.cluster.Event;\nclass A {}"))))
        .extracting(Offence::line).containsExactly(2, 2, 3, 3, 2);
    }

    @Test
    void aPackageThatIsNotDrawn() {
      assertThat(Arrows.outsideThePicture(List.of(java("extras", "class A {}")))).hasSize(1);
    }

    @Test
    void whatIsReachedAlongSeveralArrowsIsAllowed() {
      assertThat(Arrows.outsideThePicture(List.of(
        java("bridge", "import io.switchboard.lane.Lane;\nclass A {}"),
        java("cli", "import io.switchboard.message.Headers;\nclass A {}"),
        java("task", "import io.switchboard.task.store.Store;\nclass A {}"),
        java("lane", "class A {\n  // io.switchboard.node.Node\n  String s = \""
          + "io.switchboard.node.Node\";\n}")))).isEmpty();
    }

    @Test
    void aCircleOfSubpackages() {
      assertThat(Arrows.cycle(List.of(
        java("task", "import io.switchboard.task.store.Store;\nclass A {}"),
        java("task.store", "import io.switchboard.task.Lease;\nclass A {}"))))
        .containsExactly(
          "io.switchboard.task", "io.switchboard.task.store", "io.switchboard.task");
      assertThat(Cycle.in(Map.of("a", Set.of("b", "c"), "b", Set.of("c"), "c", Set.of())))
        .isEmpty();
    }

    @Test
    void hazelcastInTheWrongPlace() {
      var use = "import com.hazelcast.map.IMap;\nclass A {}";
      var manager =
        "class A {\n  io.vertx.spi.cluster.hazelcast.HazelcastClusterManager manager;\n}";
      assertThat(Arrows.hazelcastOutside(List.of(java("task", use), java("node", manager))))
        .extracting(Offence::line).containsExactly(2, 3);
      assertThat(Arrows.hazelcastOutside(List.of(
        java("cluster", use), java("task.store", use)))).isEmpty();
    }

    @Test
    void internalsInAFileThatIsNotListed() {
      var bad = List.of(
        java("trunk", "import io.vertx.core.internal.ContextInternal;\nclass A {}"),
        java("trunk", "class A {\n  io.netty.util.internal.ObjectPool pool;\n}"),
        java("cluster", "import com.hazelcast.instance.impl.Node;\nclass A {}"));
      assertThat(Arrows.internals(bad, Set.of())).hasSize(3);
      assertThat(Arrows.internals(bad, Set.of("src/main/java/io/switchboard/trunk/A.java")))
        .extracting(Offence::path).containsExactly("src/main/java/io/switchboard/cluster/A.java");
    }

    @Test
    void aPackageNameThatSaysNothing() {
      assertThat(Arrows.bannedNames(List.of(
        java("trunk.impl", "class A {}"), java("util", "class A {}")))).hasSize(2);
    }

    @Test
    void aPackageWithoutExplanation() {
      var undocumented = SourceFile.of("src/main/java/io/switchboard/lane/package-info.java",
        "package io.switchboard.lane;\n");
      assertThat(Arrows.unexplained(List.of(java("lane", "class A {}"), undocumented)))
        .hasSize(1);
    }

    private SourceFile java(String packageName, String rest) {
      return SourceFile.of(
        "src/main/java/io/switchboard/" + packageName.replace('.', '/') + "/A.java",
        "package io.switchboard." + packageName + ";\n" + rest);
    }
  }
}
