package io.switchboard.bridge;

/** Where a SockJS client listens: {@code x/PATTERN}, or {@code x} for everything in x. */
record BusAddress(String address, String exchange, String pattern) {
  static BusAddress parse(String address) {
    int slash = address.indexOf('/');
    return slash < 0 ? new BusAddress(address, address, "#")
      : new BusAddress(address, address.substring(0, slash), address.substring(slash + 1));
  }
}
