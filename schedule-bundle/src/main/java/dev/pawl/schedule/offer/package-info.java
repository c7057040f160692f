/** Schedules that modules offer. */
@NullMarked
package dev.pawl.schedule.offer;

import org.jspecify.annotations.NullMarked;
