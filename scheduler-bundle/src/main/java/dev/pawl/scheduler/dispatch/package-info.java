/** Claims of jobs, the start of their runs, the runs that are active, and those that leave a module. */
@NullMarked
package dev.pawl.scheduler.dispatch;

import org.jspecify.annotations.NullMarked;
