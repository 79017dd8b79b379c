package io.switchboard.routing;

import java.util.List;

/**
 * What a subscriber asks for.
 *
 * @param patterns of routing keys; one that matches is enough
 * @param group    the group with which it shares events; null for none
 * @param where    what it asks of the headers
 */
public record Interest(List<String> patterns, String group, HeaderFilter where) {
  public Interest {
    patterns = List.copyOf(patterns);
  }
}
