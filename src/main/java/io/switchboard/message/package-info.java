/**
 * What travels: bodies, headers, deadlines, failure codes and the frames that carry them.
 * Uses nothing of Switchboard.
 */
package io.switchboard.message;
