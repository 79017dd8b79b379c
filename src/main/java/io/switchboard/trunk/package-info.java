/**
 * How a message gets to another node: one {@link io.switchboard.trunk.Trunk} for each, with a
 * channel for each pair of lanes that batches frames under credit, a link that carries the
 * batches, and the control messages that find nodes and watch over them. Uses message, lane
 * and options.
 */
package io.switchboard.trunk;
