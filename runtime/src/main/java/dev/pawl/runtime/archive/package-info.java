/** The archive of classes that the JVM maps at its start. */
@NullMarked
package dev.pawl.runtime.archive;

import org.jspecify.annotations.NullMarked;
