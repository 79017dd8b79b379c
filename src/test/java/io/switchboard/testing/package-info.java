/** What every test runs under. Knows nothing of Switchboard's own packages. */
package io.switchboard.testing;
