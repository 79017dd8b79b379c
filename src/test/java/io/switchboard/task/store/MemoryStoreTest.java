package io.switchboard.task.store;

import io.switchboard.task.Store;

class MemoryStoreTest extends StoreContract {
  private final Store store = new MemoryStore(true);

  @Override
  Store one() {
    return store;
  }

  @Override
  Store other() {
    return store;
  }
}
