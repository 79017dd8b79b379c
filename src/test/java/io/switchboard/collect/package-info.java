/** Tables of the rules behind collect exchanges, and the exchanges themselves. */
package io.switchboard.collect;
