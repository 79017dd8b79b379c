/**
 * Outside clients: the HTTP API, server-sent events, the SockJS event-bus bridge and the files
 * of the console. {@link io.switchboard.bridge.Bridge} is the way in; one
 * {@code …Operation} is one method and path of the API.
 *
 * <p>May use the kinds of exchanges and options (and what those use). What the node knows beyond
 * exchanges comes in through {@link io.switchboard.bridge.Administration}.
 */
package io.switchboard.bridge;
