/** The bridge from outside: raw HTTP, event streams, and the npm client under Node. */
package io.switchboard.bridge;
