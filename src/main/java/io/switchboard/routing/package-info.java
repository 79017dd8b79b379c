/**
 * Who gets a message: the route table, the balancers that pick a worker, the trie that matches
 * routing keys, and the {@link io.switchboard.routing.Directory} behind which the cluster's
 * knowledge stands. Decisions here are pure: no timers, no input or output. Uses message and
 * options.
 */
package io.switchboard.routing;
