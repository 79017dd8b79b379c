package io.switchboard.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that are free now, from below those that the system gives to outgoing connections: so
 * that a node finds its own port free again after it was killed.
 */
final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private FreePorts() {
  }

  static List<Integer> take(int count) throws IOException {
    var held = new ArrayList<ServerSocket>();
    try {
      while (held.size() < count) {
        var socket = new ServerSocket();
        int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
        try {
          socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
          held.add(socket);
        } catch (IOException taken) {
          socket.close();
        }
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (var socket : held) {
        socket.close();
      }
    }
  }
}
