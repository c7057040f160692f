/** Delivery of the logs of jobs to their followers. */
@NullMarked
package dev.pawl.scheduler.feed;

import org.jspecify.annotations.NullMarked;
