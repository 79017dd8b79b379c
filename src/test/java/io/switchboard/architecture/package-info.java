/** Tests that read the sources and hold their shape: who may use whom, and how they are kept. */
package io.switchboard.architecture;
