package io.switchboard.exchange;

class SocketLinkTest extends ConversationContract {
  SocketLinkTest() {
    super("socket");
  }
}
