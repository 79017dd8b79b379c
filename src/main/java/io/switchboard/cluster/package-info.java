/**
 * Who is there, who is meant to be, and what they offer: the Hazelcast cluster this node joins,
 * the designed nodes, the declarations that all nodes agree on, the announcements of what is
 * attached where, and their repair.
 * Everything here runs on the control lane. Uses message, routing, trunk and options; one of
 * two places that may import Hazelcast.
 */
package io.switchboard.cluster;
