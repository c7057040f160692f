/** Delivers the logs of jobs to those who watch. */
@NullMarked
package dev.pawl.scheduler.feed;

import org.jspecify.annotations.NullMarked;
