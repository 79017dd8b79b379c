package io.switchboard.container;

import java.util.List;

/**
 * What was read from a verticle file, before any of its classes is loaded.
 *
 * @param candidates the classes of which the first that can be deployed is the verticle
 */
record Program(ClassArchive archive, List<String> candidates, VerticleDescriptor descriptor) {
}
