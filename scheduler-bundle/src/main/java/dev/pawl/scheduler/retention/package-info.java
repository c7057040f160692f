/** The removal of what is too old. */
@NullMarked
package dev.pawl.scheduler.retention;

import org.jspecify.annotations.NullMarked;
