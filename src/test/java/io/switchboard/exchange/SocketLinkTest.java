package io.switchboard.exchange;

class SocketLinkTest extends LinkContract {
  SocketLinkTest() {
    super("socket");
  }
}
