/** What every test runs under or makes use of. Knows nothing of Switchboard's own packages. */
package io.switchboard.testing;
