package io.switchboard.topic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of this node whose patterns match one key.
 *
 * @param everybody those in no group: each gets every event
 * @param groups    those in groups, by the group's name: one of each gets an event
 */
record Audience(List<Row> everybody, Map<String, List<Row>> groups) {
  static Audience of(Collection<Row> matching) {
    var everybody = new ArrayList<Row>();
    var groups = new LinkedHashMap<String, List<Row>>();
    for (var row : matching) {
      var group = row.interest().group();
      (group == null ? everybody : groups.computeIfAbsent(group, absent -> new ArrayList<>()))
        .add(row);
    }
    return new Audience(everybody, groups);
  }

  /** What the members of a group did with an event. */
  enum Taken { TAKEN, FULL, NOBODY }

  /**
   * Gives the event to the member whose turn it is, or to the next one with room.
   *
   * @param last when all are full, whether the event is lost to the one whose turn it was
   */
  Taken toGroup(String group, Event event, int turn, boolean last) {
    var rows = groups.get(group);
    if (rows == null) {
      return Taken.NOBODY;
    }
    Row first = null;
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(Math.floorMod(turn + i, rows.size()));
      if (row.interest().where().matches(event.headers())) {
        if (row.take(event)) {
          return Taken.TAKEN;
        }
        first = first == null ? row : first;
      }
    }
    if (first == null) {
      return Taken.NOBODY;
    }
    if (last) {
      first.lose();
    }
    return Taken.FULL;
  }
}
