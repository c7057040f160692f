/** Threads that module code runs on or starts, the run of each, and those that outlive it. */
@NullMarked
package dev.pawl.scheduler.thread;

import org.jspecify.annotations.NullMarked;
