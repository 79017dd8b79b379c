package io.switchboard.bridge;

import io.vertx.core.net.HostAndPort;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Which {@code Host} and {@code Origin} belong to this node. A page elsewhere whose name is made
 * to resolve to this node (DNS rebinding) still sends its own name, and is found out by it.
 */
final class HostPolicy {
  private static final int HTTP_PORT = 80;

  private final Set<String> withOwnPort = new HashSet<>(Set.of("localhost", "127.0.0.1", "::1"));
  private final Set<String> configured = new HashSet<>();
  private final Set<String> origins = new HashSet<>();
  private final IntSupplier port;

  /**
   * @param ownNames       names and addresses at which this node says it can be reached
   * @param port           known only once the server listens
   * @param allowedHosts   {@code name} for any port, or {@code name:port}
   * @param allowedOrigins scheme, host and port, as a browser writes them
   */
  HostPolicy(
    List<String> ownNames, IntSupplier port, List<String> allowedHosts,
    List<String> allowedOrigins) {
    this.port = port;
    ownNames.forEach(name -> withOwnPort.add(plain(name)));
    allowedHosts.forEach(host -> configured.add(plain(host)));
    allowedOrigins.forEach(origin -> origins.add(origin.toLowerCase(Locale.ROOT)));
  }

  /** @param localAddress the address of this node at which the connection came in; may be null */
  boolean isOwnHost(HostAndPort host, String localAddress) {
    if (host == null) {
      return false;
    }
    var name = plain(host.host());
    int asked = host.port() > 0 ? host.port() : HTTP_PORT;
    if (configured.contains(name) || configured.contains(name + ":" + asked)) {
      return true;
    }
    return asked == port.getAsInt() && (withOwnPort.contains(name)
      || localAddress != null && name.equals(plain(localAddress)));
  }

  /** True for a page of this node itself or of a configured origin; the text null is foreign. */
  boolean isOwnOrigin(String origin, HostAndPort host) {
    var asked = origin.toLowerCase(Locale.ROOT);
    if (origins.contains(asked)) {
      return true;
    }
    // Behind a proxy that ends TLS the page's scheme is https while this node sees http.
    return asked.equals("http://" + authority(host, HTTP_PORT))
      || asked.equals("https://" + authority(host, 443));
  }

  private static String authority(HostAndPort host, int defaultPort) {
    var name = host.host().toLowerCase(Locale.ROOT);
    var bracketed = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    return host.port() > 0 && host.port() != defaultPort
      ? bracketed + ":" + host.port() : bracketed;
  }

  /** Lower case, without the brackets of an IPv6 address that stands alone. */
  private static String plain(String name) {
    var lower = name.trim().toLowerCase(Locale.ROOT);
    return lower.startsWith("[") && lower.endsWith("]")
      ? lower.substring(1, lower.length() - 1) : lower;
  }
}
