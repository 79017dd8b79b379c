/**
 * The composition root: puts a node together in order, starts and stops it, watches its health
 * and counts what it does. May use everything but the command line and the front door.
 */
package io.switchboard.node;
