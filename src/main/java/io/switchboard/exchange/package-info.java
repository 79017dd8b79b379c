/**
 * What all kinds of exchanges share: declaring, finding and watching them, places at them and
 * how these end, handles, the options of each kind; and the request kind, with the way of a
 * message behind it, from the caller's lane to the worker's context and back. The other kinds
 * use this package and not each other; it uses none of them. Uses message, lane, routing, trunk
 * and options.
 */
package io.switchboard.exchange;
