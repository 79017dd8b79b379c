/**
 * The program: {@code Main}, one class per command, and what they share to talk to a node's HTTP
 * API and to print. May use every other package; nothing may use it. The only place that writes
 * to standard output, ends the process, or registers shutdown hooks.
 */
package io.switchboard.cli;
