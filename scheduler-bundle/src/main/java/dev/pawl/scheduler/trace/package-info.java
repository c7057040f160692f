/** The times of runs, for spans that another bundle exports. */
@NullMarked
package dev.pawl.scheduler.trace;

import org.jspecify.annotations.NullMarked;
