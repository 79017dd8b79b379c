/** Tables of the rules behind collect exchanges. */
package io.switchboard.collect;
