/**
 * One event loop's own things: its queue for others, its timer wheel, the end of its tick.
 * What belongs to a lane is touched by that lane's thread alone, so it needs no locks. Uses
 * nothing of Switchboard.
 */
package io.switchboard.lane;
