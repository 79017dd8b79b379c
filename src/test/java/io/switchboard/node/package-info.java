/** Tests of this package, beside what they test. */
package io.switchboard.node;
