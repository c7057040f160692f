/** Jars before and apart from the framework: read, judged, signed, and kept under their digests. */
@NullMarked
package dev.pawl.deploy.artifact;

import org.jspecify.annotations.NullMarked;
