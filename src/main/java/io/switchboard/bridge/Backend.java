package io.switchboard.bridge;

import io.switchboard.exchange.Exchanges;
import java.util.function.Supplier;

/**
 * What stands behind the bridge on this node.
 *
 * @param metrics Prometheus text; called on a worker thread
 */
record Backend(
  Exchanges exchanges, Administration administration, Health health, Supplier<String> metrics) {
}
