package io.switchboard.exchange;

class EventBusLinkTest extends DialogueContract {
  EventBusLinkTest() {
    super("eventbus");
  }
}
