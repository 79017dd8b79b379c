package io.switchboard.container;

import io.switchboard.options.Option;
import io.vertx.core.ThreadingModel;

/** On which threads a verticle runs, in the words of {@code switchboard.json}. */
enum Threading {
  EVENT_LOOP(ThreadingModel.EVENT_LOOP),
  WORKER(ThreadingModel.WORKER),
  VIRTUAL_THREAD(ThreadingModel.VIRTUAL_THREAD);

  private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;

  private final ThreadingModel model;

  Threading(ThreadingModel model) {
    this.model = model;
  }

  ThreadingModel model() {
    return model;
  }

  /** Throws unless a Java of this feature version (17, 21 …) has such threads. */
  void requireOn(int javaFeature) throws BrokenVerticle {
    if (this == VIRTUAL_THREAD && javaFeature < FIRST_JAVA_WITH_VIRTUAL_THREADS) {
      throw new BrokenVerticle("threading virtual-thread needs Java 21 or later, this is Java "
        + javaFeature + "; use worker, or run the node on a newer Java");
    }
  }

  @Override
  public String toString() {
    return Option.word(this);
  }
}
