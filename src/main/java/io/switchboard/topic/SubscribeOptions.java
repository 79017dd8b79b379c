package io.switchboard.topic;

import io.switchboard.message.FailureCode;
import io.switchboard.message.Headers;
import io.switchboard.message.Names;
import io.switchboard.message.SwitchboardException;
import io.switchboard.routing.HeaderFilter;
import io.switchboard.routing.Interest;
import java.util.List;

/**
 * What a subscriber asks for. Immutable; keep and reuse it. What is malformed throws
 * BAD_REQUEST.
 *
 * @param patterns of routing keys; an event that matches one or more comes once
 * @param group    each event goes to one member of the group in the cluster; null for none
 * @param where    what the event's headers must say
 * @param mailbox  the most events that wait for this subscriber; 0 for the exchange's own bound
 * @param current  whether it starts with the current values
 */
public record SubscribeOptions(
  List<String> patterns, String group, HeaderFilter where, int mailbox, boolean current) {
  private static final int MAX_PATTERNS = 1_024;
  private static final int LARGEST_MAILBOX = 1 << 20;

  public SubscribeOptions {
    patterns = List.copyOf(patterns);
    patterns.forEach(Names::requirePattern);
    if (group != null) {
      Names.requireName(group);
    }
    require(!patterns.isEmpty() && patterns.size() <= MAX_PATTERNS,
      "a subscriber has 1 to " + MAX_PATTERNS + " patterns");
    require(where.size() <= Headers.MAX_COUNT,
      "a subscriber filters by at most " + Headers.MAX_COUNT + " headers");
    require(mailbox == 0 || mailbox >= 2 && mailbox <= LARGEST_MAILBOX,
      "a subscriber's mailbox lies between 2 and " + LARGEST_MAILBOX);
    require(group == null || !current,
      "a member of a group cannot start with the current values: each event is one member's");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST, otherwise);
    }
  }

  /** Events whose key matches the pattern. */
  public static SubscribeOptions pattern(String pattern) {
    Names.requirePattern(pattern);
    return patterns(List.of(pattern));
  }

  /** Events whose key matches one of the patterns. */
  public static SubscribeOptions patterns(List<String> patterns) {
    return new SubscribeOptions(patterns, null, HeaderFilter.NONE, 0, false);
  }

  /**
   * Shares the events with the other members of the group: each goes to one whose patterns and
   * filter fit, wherever it lives, as often to one as to another; one whose mailbox is full is
   * passed over while another has room.
   */
  public SubscribeOptions group(String name) {
    return new SubscribeOptions(patterns, name, where, mailbox, current);
  }

  /** Only events with this header and just this value; more such conditions all must hold. */
  public SubscribeOptions where(String header, String value) {
    return new SubscribeOptions(patterns, group, where.with(header, value), mailbox, current);
  }

  /** Only events with this header, whatever its value. */
  public SubscribeOptions where(String header) {
    return new SubscribeOptions(patterns, group, where.with(header), mailbox, current);
  }

  /** So many events may wait for this subscriber, whatever the exchange says. */
  public SubscribeOptions mailbox(int events) {
    return new SubscribeOptions(patterns, group, where, events, current);
  }

  /**
   * Starts with the last value of each key that matches, where the topic retains them, and
   * follows with no gap and nothing twice. Of one key it gets only ever newer values, in the
   * same order on every node; of two published at once on two nodes it may get the later alone.
   */
  public SubscribeOptions retained() {
    return new SubscribeOptions(patterns, group, where, mailbox, true);
  }

  Interest interest() {
    return new Interest(patterns, group, where);
  }
}
