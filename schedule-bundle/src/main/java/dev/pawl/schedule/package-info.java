/** Schedules: when they are due, and the jobs that they start. */
@NullMarked
package dev.pawl.schedule;

import org.jspecify.annotations.NullMarked;
