package io.switchboard.routing;

import io.switchboard.message.Headers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a subscriber asks of an event's headers; all of it must hold. Immutable.
 *
 * @param equal   headers that must have just this value
 * @param present headers that must be there, whatever they say
 */
public record HeaderFilter(Map<String, String> equal, Set<String> present) {
  /** Asks for nothing. */
  public static final HeaderFilter NONE = new HeaderFilter(Map.of(), Set.of());

  public HeaderFilter {
    equal = Map.copyOf(equal);
    present = Set.copyOf(present);
  }

  /** This and a header that must have the value. */
  public HeaderFilter with(String name, String value) {
    var more = new HashMap<>(equal);
    more.put(name, value);
    return new HeaderFilter(more, present);
  }

  /** This and a header that must be there. */
  public HeaderFilter with(String name) {
    var more = new HashSet<>(present);
    more.add(name);
    return new HeaderFilter(equal, more);
  }

  /** True when every event passes. */
  public boolean isEmpty() {
    return equal.isEmpty() && present.isEmpty();
  }

  /** How many headers it asks for. */
  public int size() {
    return equal.size() + present.size();
  }

  /** True when the headers are as it asks. */
  public boolean matches(Headers headers) {
    if (isEmpty()) {
      return true;
    }
    for (var wanted : equal.entrySet()) {
      if (!wanted.getValue().equals(headers.get(wanted.getKey()))) {
        return false;
      }
    }
    for (var name : present) {
      if (headers.get(name) == null) {
        return false;
      }
    }
    return true;
  }
}
