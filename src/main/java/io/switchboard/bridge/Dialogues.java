package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The dialogues that HTTP clients of this node hold, by the name that each gets. Whoever knows
 * the name may answer; so it cannot be guessed. Any thread.
 */
final class Dialogues {
  /** The most that are open at once. */
  static final int MAX = 1_024;

  private static final int NAME_BYTES = 18;

  private final ConcurrentHashMap<String, Dialogue> open = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /** What a client can do to its dialogue. */
  interface Dialogue {
    /** Answers the open question; throws CONFLICT when there is none. */
    void answer(Object body);

    /** Ends it for both sides. */
    void end();
  }

  /** The dialogue's name. Throws OVERLOADED when too many are open. */
  String add(Dialogue dialogue) {
    if (open.size() >= MAX) {
      throw new SwitchboardException(FailureCode.OVERLOADED,
        "more than " + MAX + " dialogues are open at this node");
    }
    var bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    var name = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    open.put(name, dialogue);
    return name;
  }

  /** Throws CONFLICT when there is none of that name, or no more. */
  Dialogue get(String name) {
    var dialogue = open.get(name);
    if (dialogue == null) {
      throw new SwitchboardException(FailureCode.CONFLICT,
        "no dialogue '" + name + "' is open at this node; answer at the node that asks");
    }
    return dialogue;
  }

  void remove(String name) {
    open.remove(name);
  }
}
