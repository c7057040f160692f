/** Starts the framework with the bundles of the distribution and stops it cleanly. */
@NullMarked
package dev.pawl.runtime;

import org.jspecify.annotations.NullMarked;
