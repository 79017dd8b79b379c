/**
 * Integration tests: the packaged program as real processes on loopback, driven from outside by
 * commands, HTTP and signals. Uses nothing of the program's classes.
 */
package io.switchboard.it;
