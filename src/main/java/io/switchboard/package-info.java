/**
 * The front door: {@link io.switchboard.Switchboard} for verticles and programs, and
 * {@link io.switchboard.LocalCluster} for tests. Uses exchange and node; used by bench and cli,
 * and by whoever writes verticles.
 */
package io.switchboard;
