/**
 * The front door: {@link io.switchboard.Switchboard} for verticles and programs,
 * {@link io.switchboard.LocalCluster} for tests and experiments. Uses exchange, task and node;
 * imported only by bench, cli, samples and tests.
 */
package io.switchboard;
