/** Jobs, their runs, results and logs as rows. */
@NullMarked
package dev.pawl.store.sqlite.job;

import org.jspecify.annotations.NullMarked;
