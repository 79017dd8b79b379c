package io.switchboard.testing;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Fails the jqwik property during which a thread was blocked. */
public final class BlockedThreadHook implements AroundPropertyHook {
  @Override
  public PropertyExecutionResult aroundProperty(
    PropertyLifecycleContext context, PropertyExecutor property) {
    return property.executeAndFinally(
      () -> BlockedThreads.requireNone("in or before " + context.label()));
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }
}
