/** The queue seen from outside: jobs by name, what holds them back, and who is told when they change. */
@NullMarked
package dev.pawl.scheduler.queue;

import org.jspecify.annotations.NullMarked;
