/** Monotonic time, and timers by it. */
@NullMarked
package dev.pawl.scheduler.time;

import org.jspecify.annotations.NullMarked;
