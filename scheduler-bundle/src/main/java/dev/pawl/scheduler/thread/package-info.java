/** Threads that module code runs on or starts: which run each belongs to, and those that are left behind. */
@NullMarked
package dev.pawl.scheduler.thread;

import org.jspecify.annotations.NullMarked;
