/**
 * Measures exchanges beside the plain event bus doing the same work, in one run on the same
 * nodes. Uses the front door, like any program would; used by the command line.
 */
package io.switchboard.bench;
