/** Tests of the program's commands as far as they need no cluster of nodes. */
package io.switchboard.cli;
