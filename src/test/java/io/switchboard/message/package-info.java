/** Tests of what travels. They need no node. */
package io.switchboard.message;
