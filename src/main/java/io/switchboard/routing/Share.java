package io.switchboard.routing;

import java.util.List;

/**
 * A part of a topic's subscribers that lives on one node: all those in no group, to whom one
 * copy of an event goes, or members of a group that ask for the same.
 *
 * @param group    null for those in no group
 * @param patterns of the members; empty for those in no group
 * @param where    what the members ask of the headers; others filter for themselves
 * @param members  how many there are; 0 for those in no group
 */
public record Share(
  Node node, String group, List<String> patterns, HeaderFilter where, int members) {

  /** The subscribers of a node that are in no group. */
  public static Share of(Node node) {
    return new Share(node, null, List.of(), HeaderFilter.NONE, 0);
  }
}
