package io.switchboard.exchange;

class SocketLinkTest extends DialogueContract {
  SocketLinkTest() {
    super("socket");
  }
}
