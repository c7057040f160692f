/** The rows of jobs, their runs, results and logs. */
@NullMarked
package dev.pawl.store.postgres.job;

import org.jspecify.annotations.NullMarked;
