/** The OSGi framework: filled, started, kept in two regions, and stopped. */
@NullMarked
package dev.pawl.runtime.framework;

import org.jspecify.annotations.NullMarked;
