/** One run of a job, from its claim to the write that ends it. */
@NullMarked
package dev.pawl.scheduler.run;

import org.jspecify.annotations.NullMarked;
