/** Measurements of jobs and their runs. */
@NullMarked
package dev.pawl.scheduler.metric;

import org.jspecify.annotations.NullMarked;
