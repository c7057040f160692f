/** The commands for jobs, the queue and the workers. */
@NullMarked
package dev.pawl.cli.job;

import org.jspecify.annotations.NullMarked;
