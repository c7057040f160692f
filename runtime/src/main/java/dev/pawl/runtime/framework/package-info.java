/** The OSGi framework: its bundles, its start, its two regions, and its stop. */
@NullMarked
package dev.pawl.runtime.framework;

import org.jspecify.annotations.NullMarked;
