package io.switchboard.exchange;

class EventBusLinkTest extends LinkContract {
  EventBusLinkTest() {
    super("eventbus");
  }
}
