/** Jars apart from the framework: reading, checking, signatures, and the artifacts under their digests. */
@NullMarked
package dev.pawl.deploy.artifact;

import org.jspecify.annotations.NullMarked;
