package io.switchboard.exchange;

class EventBusLinkTest extends ConversationContract {
  EventBusLinkTest() {
    super("eventbus");
  }
}
