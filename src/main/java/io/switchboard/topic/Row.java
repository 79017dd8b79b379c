package io.switchboard.topic;

import io.switchboard.exchange.Figures;
import io.switchboard.routing.Interest;
import io.vertx.core.Context;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscChunkedArrayQueue;

/**
 * Subscribers of one context that ask for the same. They get the same events on the same
 * thread, so one bounded mailbox holds what waits for each of them, and one hand-over serves
 * all. What does not fit is counted, and told with the next event that does.
 */
final class Row {
  private static final Subscriber[] NOBODY = {};
  private static final int FIRST_CHUNK = 16;
  private static final int SMALLEST = 4;
  private static final int MOST_LOOKS = 1_024;

  private final String topic;
  private final Figures figures;
  private final Outlet outlet;
  private final Interest interest;
  private final MpscChunkedArrayQueue<Event> mailbox;
  private final AtomicBoolean queued = new AtomicBoolean();
  private final AtomicLong lost = new AtomicLong();
  private final StartingValues start;
  private volatile Subscriber[] members = NOBODY;

  /** @param start what the only member gets first; null for nothing */
  Row(String topic, Figures figures, Outlet outlet, Interest interest, int capacity,
    StartingValues start) {
    this.topic = topic;
    this.figures = figures;
    this.outlet = outlet;
    this.interest = interest;
    this.start = start;
    int bound = Math.max(SMALLEST, capacity);
    mailbox = new MpscChunkedArrayQueue<>(Math.min(FIRST_CHUNK, bound / 2), bound);
  }

  Context context() {
    return outlet.context();
  }

  Interest interest() {
    return interest;
  }

  Subscriber[] members() {
    return members;
  }

  /** True while nothing waits here: whoever comes now has missed nothing that is still owed. */
  boolean isIdle() {
    return lost.get() == 0 && mailbox.isEmpty();
  }

  /** Under the lock of the topic's subscribers, like {@link #remove}. */
  void add(Subscriber subscriber) {
    var more = Arrays.copyOf(members, members.length + 1);
    more[members.length] = subscriber;
    members = more;
  }

  /** True for one that follows the current values: of a key it never gets an older one. */
  boolean followsCurrent() {
    return start != null;
  }

  /** Begins with the starting values; the member must have been added. */
  void begin() {
    ready();
  }

  /** True when nobody is left. */
  boolean remove(Subscriber subscriber) {
    members = Arrays.stream(members).filter(each -> each != subscriber)
      .toArray(Subscriber[]::new);
    return members.length == 0;
  }

  /** Takes an event, or counts it as lost, if the headers are as asked. Any lane. */
  void offer(Event event) {
    if (interest.where().matches(event.headers()) && !take(event)) {
      lose();
    }
  }

  /** Takes an event if there is room. Any lane. */
  boolean take(Event event) {
    long missing = lost.get() == 0 ? 0 : lost.getAndSet(0);
    if (mailbox.offer(missing == 0 ? event : event.after(missing))) {
      ready();
      return true;
    }
    if (missing > 0) {
      lost.addAndGet(missing);
    }
    return false;
  }

  /** Counts an event that the members should have had. */
  void lose() {
    lost.incrementAndGet();
    figures.overloaded(members.length);
  }

  private void ready() {
    if (!queued.get() && queued.compareAndSet(false, true)) {
      outlet.ready(this);
    }
  }

  /** Delivers about so many; returns how many, at least 1. On the context. */
  int drain(int most) {
    queued.set(false);
    int delivered = 0;
    int looked = 0;
    while (delivered < most && looked < MOST_LOOKS && !isEmpty()) {
      var event = next();
      looked++;
      delivered += event == null ? 0 : deliver(event);
    }
    figures.delivered(delivered);
    if (!isEmpty()) {
      ready();
    }
    return Math.max(1, delivered);
  }

  /** Delivers one event, with the row queued again before it. On the context. */
  void drainOne() {
    queued.set(false);
    var event = next();
    if (!isEmpty()) {
      ready();
    }
    if (event != null) {
      figures.delivered(deliver(event));
    }
  }

  private boolean isEmpty() {
    return mailbox.isEmpty() && (start == null || !start.hasMore());
  }

  /** May be null although more follows. */
  private Event next() {
    return start != null && start.hasMore() ? start.next() : mailbox.poll();
  }

  private int deliver(Event event) {
    var receivers = members;
    for (var receiver : receivers) {
      receiver.deliver(topic, receivers.length == 1 ? event : event.forOneOfMany());
    }
    return receivers.length;
  }
}
