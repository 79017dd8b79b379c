/** The examples in README.md, compiled and run. */
package io.switchboard.readme;
