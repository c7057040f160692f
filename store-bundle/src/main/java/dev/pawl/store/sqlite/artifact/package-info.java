/** The rows of artifacts. */
@NullMarked
package dev.pawl.store.sqlite.artifact;

import org.jspecify.annotations.NullMarked;
