package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.message.SwitchboardException;
import io.switchboard.testing.Await;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandlesTest {
  private final Set<String> declared = new HashSet<>();
  private final Handles<StringBuilder> handles =
    new Handles<>(StringBuilder::new, declared::contains);

  /** Asks for other names until the collector has been by. */
  private void untilFew(int atMost) {
    var count = new AtomicInteger();
    Await.until("handles are forgotten", () -> {
      System.gc();
      handles.of("other-" + count.incrementAndGet());
      return handles.size() <= atMost;
    });
  }

  @Test
  void whatNobodyHasIsForgottenAndWhatSomebodyHasIsTheSame() {
    var kept = handles.of("kept");
    for (int i = 0; i < 10_000; i++) {
      assertThat(handles.of("name-" + i).toString()).isEqualTo("name-" + i);
    }
    untilFew(100);
    assertThat(handles.of("kept")).isSameAs(kept);
    assertThat(handles.known("name-1")).isNull();
  }

  @Test
  void theHandleOfADeclaredExchangeStaysUntilItIsDeletedAndNobodyAttached() {
    declared.add("before");
    handles.of("before").append(" was used");
    handles.of("after").append(" was used");
    declared.add("after");
    handles.keep("after", handle -> false);
    for (int i = 0; i < 1_000; i++) {
      handles.of("name-" + i);
    }
    untilFew(100);
    assertThat(handles.of("before").toString()).isEqualTo("before was used");
    assertThat(handles.of("after").toString()).isEqualTo("after was used");
    declared.clear();
    handles.keep("before", handle -> false);
    handles.keep("after", handle -> true);
    Await.until("it goes", () -> {
      System.gc();
      return handles.known("before") == null;
    });
    assertThat(handles.known("after")).isNotNull();
  }

  @Test
  void aMalformedNameIsRefused() {
    assertThatThrownBy(() -> handles.of("no name")).isInstanceOf(SwitchboardException.class);
    assertThatThrownBy(() -> handles.of(null)).isInstanceOf(SwitchboardException.class);
    assertThat(handles.size()).isZero();
  }
}
