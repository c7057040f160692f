/** The due times of schedules, as values: no thread, no store, no clock. */
@NullMarked
package dev.pawl.schedule.time;

import org.jspecify.annotations.NullMarked;
