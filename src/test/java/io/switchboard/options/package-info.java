/** Tests of reading options and putting a configuration together. They need no node. */
package io.switchboard.options;
