/**
 * What users hold: a handle for each kind of exchange, and the way of a message behind it,
 * from the caller's lane to the worker's context and back. Uses message, lane, routing, trunk
 * and options.
 */
package io.switchboard.exchange;
