package io.switchboard.exchange;

import io.switchboard.message.Names;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The handles of one kind by the names of their exchanges, for each name the same one as long
 * as anybody has it. Those that are needed, for a declared exchange, by who is attached or for
 * what they hold, are kept; one of a name that was only asked for goes with its last user, so
 * names that never were exchanges cost nothing for long. Any thread.
 */
public final class Handles<T> {
  private final Function<String, T> make;
  private final Predicate<String> isDeclared;
  private final Map<String, Held<T>> byName = new ConcurrentHashMap<>();
  private final ReferenceQueue<T> unused = new ReferenceQueue<>();

  private static final class Held<T> extends WeakReference<T> {
    private final String name;
    /** Null for what may go. */
    private volatile T kept;

    private Held(String name, T handle, ReferenceQueue<T> unused) {
      super(handle, unused);
      this.name = name;
    }
  }

  /**
   * None yet.
   *
   * @param make       a handle for that name, which is well-formed
   * @param isDeclared whether there is an exchange of that name now
   */
  public Handles(Function<String, T> make, Predicate<String> isDeclared) {
    this.make = make;
    this.isDeclared = isDeclared;
  }

  /** The handle of that name. Throws BAD_REQUEST for a malformed one. */
  public T of(String name) {
    var known = known(name);
    return known != null ? known : add(Names.requireName(name));
  }

  /** Null when nobody has asked for it, or nobody has it any more. */
  public T known(String name) {
    var held = name == null ? null : byName.get(name);
    return held == null ? null : held.get();
  }

  private T add(String name) {
    forgetUnused();
    var handle = make.apply(name);
    while (true) {
      var held = new Held<>(name, handle, unused);
      var other = byName.putIfAbsent(name, held);
      if (other == null) {
        keep(name, unattached -> false);
        return handle;
      }
      var taken = other.get();
      if (taken != null) {
        return taken;
      }
      byName.remove(name, other);
    }
  }

  /**
   * To be called when the exchange of that name was declared or deleted, or when the answer to
   * the question may be another one. Does nothing when nobody has the handle.
   *
   * @param isNeeded whether it must be kept although the exchange is not declared
   */
  public void keep(String name, Predicate<T> isNeeded) {
    var held = byName.get(name);
    var handle = held == null ? null : held.get();
    if (handle != null) {
      held.kept = isDeclared.test(name) || isNeeded.test(handle) ? handle : null;
    }
  }

  private void forgetUnused() {
    for (var gone = unused.poll(); gone != null; gone = unused.poll()) {
      var held = (Held<?>) gone;
      byName.remove(held.name, held);
    }
  }

  /** How many names have an entry. */
  int size() {
    return byName.size();
  }

  /** All that somebody has, or that are kept. */
  public void forEach(BiConsumer<String, T> action) {
    byName.forEach((name, held) -> {
      var handle = held.get();
      if (handle != null) {
        action.accept(name, handle);
      }
    });
  }
}
