package io.switchboard.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Hosts of one network that can be parted, as network namespaces of this machine. The test
 * reaches all of them, always. Needs Linux and the right to make such namespaces.
 */
final class SplitNetwork implements AutoCloseable {
  private static final String NET = "10.213." + ProcessHandle.current().pid() % 250 + ".";
  private static final String BRIDGE = "sb" + ProcessHandle.current().pid() % 1_000_000;

  private final int hosts;

  private SplitNetwork(int hosts) {
    this.hosts = hosts;
  }

  /** Whether this process may do that. */
  static boolean isAllowed() {
    var name = BRIDGE + "x";
    try {
      boolean made = tryRun("ip", "netns", "add", name);
      boolean works = made && tryRun("ip", "netns", "exec", name, "ip", "link", "add", "p0",
        "type", "veth", "peer", "name", "p1");
      return made && tryRun("ip", "netns", "delete", name) && works;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  static SplitNetwork of(int hosts) throws IOException {
    var network = new SplitNetwork(hosts);
    try {
      network.make();
      return network;
    } catch (IOException failure) {
      network.close();
      throw failure;
    }
  }

  private void make() throws IOException {
    run("ip link add " + BRIDGE + " type bridge");
    run("ip addr add " + NET + "254/24 dev " + BRIDGE);
    run("ip link set " + BRIDGE + " up");
    for (int host = 0; host < hosts; host++) {
      run("ip netns add " + space(host));
      run("ip link add " + BRIDGE + host + " type veth peer name eth0 netns " + space(host));
      run("ip link set " + BRIDGE + host + " master " + BRIDGE + " up");
      run(inside(host, "ip addr add " + address(host) + "/24 dev eth0"));
      run(inside(host, "ip link set eth0 up"));
      run(inside(host, "ip link set lo up"));
    }
  }

  String address(int host) {
    return NET + (host + 1);
  }

  /** Of all hosts, in their order. */
  List<String> addresses() {
    return IntStream.range(0, hosts).mapToObj(this::address).toList();
  }

  private static String space(int host) {
    return BRIDGE + "n" + host;
  }

  private static String inside(int host, String command) {
    return "ip netns exec " + space(host) + " " + command;
  }

  /** What to put before a command to run it on the host. */
  List<String> launcher(int host) {
    return List.of(inside(host, "").trim().split(" "));
  }

  /** Nothing passes any more between this host and the others, in silence. */
  void part(int host) throws IOException {
    eachOther(host, "add");
  }

  /** All is as before. */
  void mend(int host) throws IOException {
    eachOther(host, "delete");
  }

  private void eachOther(int host, String verb) throws IOException {
    var others = IntStream.range(0, hosts).filter(each -> each != host).toArray();
    for (int other : others) {
      run(inside(host, "ip route " + verb + " blackhole " + address(other) + "/32"));
      run(inside(other, "ip route " + verb + " blackhole " + address(host) + "/32"));
    }
  }

  private static void run(String command) throws IOException {
    if (!tryRun(command.split(" "))) {
      throw new IOException("failed: " + command);
    }
  }

  private static boolean tryRun(String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true)
      .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Takes all of it away; processes in it must have ended. */
  @Override
  public void close() throws IOException {
    var left = new ArrayList<String>();
    for (int host = 0; host < hosts; host++) {
      if (!tryRun("ip", "netns", "delete", space(host))) {
        left.add(space(host));
      }
    }
    if (!tryRun("ip", "link", "delete", BRIDGE)) {
      left.add(BRIDGE);
    }
    if (!left.isEmpty()) {
      throw new IOException("could not take away " + left);
    }
  }
}
