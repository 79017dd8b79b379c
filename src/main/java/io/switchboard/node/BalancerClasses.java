package io.switchboard.node;

import io.switchboard.container.Container;
import io.switchboard.routing.OwnBalancers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds balancers of users' own: in the verticle files, then among the program's classes. */
final class BalancerClasses implements OwnBalancers {
  private static final Logger LOG = LoggerFactory.getLogger(BalancerClasses.class);

  /** Null before there is one, and where it is switched off. */
  private final Container container;

  BalancerClasses(Container container) {
    this.container = container;
  }

  @Override
  public Class<?> find(String className) {
    var deployed = container == null ? null : container.findClass(className);
    return deployed != null ? deployed : ofProgram(className);
  }

  private static Class<?> ofProgram(String className) {
    try {
      return Class.forName(className, false, BalancerClasses.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError absent) {
      LOG.debug("{} is no class of the program", className, absent);
      return null;
    }
  }
}
