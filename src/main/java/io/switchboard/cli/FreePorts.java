package io.switchboard.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Finds ports of this machine's loopback that nobody listens on at the moment. */
final class FreePorts {
  private static final int LAST_PORT = 65_535;

  private FreePorts() {
  }

  /** The first {@code count} free ones from {@code first} on; fails the command without them. */
  static List<Integer> from(int first, int count) {
    var ports = new ArrayList<Integer>();
    for (int port = first; port <= LAST_PORT && ports.size() < count; port++) {
      if (isFree(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw CommandFailure.failed("no " + count + " ports are free from " + first + " on");
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
