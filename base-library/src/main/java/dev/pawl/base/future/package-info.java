/** Failures of futures. */
@NullMarked
package dev.pawl.base.future;

import org.jspecify.annotations.NullMarked;
