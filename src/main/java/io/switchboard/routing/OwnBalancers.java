package io.switchboard.routing;

/** Where the classes of users' own balancers are found: the deployed verticle files. */
@FunctionalInterface
public interface OwnBalancers {
  /** Knows none. */
  OwnBalancers NONE = className -> null;

  /** The class of that name; null when no verticle file that is deployed now has it. */
  Class<?> find(String className);
}
