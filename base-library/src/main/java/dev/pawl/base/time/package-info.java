/** Waiting for times of the clock. */
@NullMarked
package dev.pawl.base.time;

import org.jspecify.annotations.NullMarked;
