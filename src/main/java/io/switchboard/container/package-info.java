/**
 * What is deployed: finds verticle files in one directory (jars and single Java sources), loads
 * each in a class loader of its own, deploys, swaps and undeploys them as the files change.
 * Uses {@code options} only; what it deploys may use all of Switchboard.
 *
 * <p>The way of a file: {@code DirectoryScanner} sees it, {@code FileWatch} decides that it has
 * settled, its {@code VerticleSlot} has {@code ProgramLoader} read it and {@code Deployer} run
 * it, and {@code RetiredLoaders} checks that nothing of an old version stays behind.
 */
package io.switchboard.container;
