package io.switchboard.topic;

import io.switchboard.routing.Interest;
import io.switchboard.routing.TopicTrie;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** The values that a new subscriber starts with, looked through bit by bit. On its context. */
final class StartingValues {
  private Iterator<RetainedValues.Value> values;
  private final TopicTrie<Interest> patterns = new TopicTrie<>();
  private final Interest interest;

  StartingValues(Interest interest, List<RetainedValues.Value> values) {
    this.interest = interest;
    this.values = values.iterator();
    interest.patterns().forEach(pattern -> patterns.bind(pattern, interest));
  }

  boolean hasMore() {
    if (!values.hasNext()) {
      // The subscriber lives long, the values should not.
      values = Collections.emptyIterator();
    }
    return values.hasNext();
  }

  /** Looks at the next value; null when the subscriber does not ask for it. */
  Event next() {
    var event = values.next().event();
    boolean wanted = !event.isCleared() && !patterns.match(event.key()).isEmpty()
      && interest.where().matches(event.headers());
    return wanted ? event.asRetained() : null;
  }
}
