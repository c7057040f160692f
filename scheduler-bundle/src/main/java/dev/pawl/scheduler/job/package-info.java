/** The services of the scheduler: jobs, the queue, and the hand-over of jobs while modules change. */
@NullMarked
package dev.pawl.scheduler.job;

import org.jspecify.annotations.NullMarked;
