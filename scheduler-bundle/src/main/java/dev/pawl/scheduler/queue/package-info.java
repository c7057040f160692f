/** The queue: lookup of jobs, the policy of claims, pauses, and secrets in jobs. */
@NullMarked
package dev.pawl.scheduler.queue;

import org.jspecify.annotations.NullMarked;
