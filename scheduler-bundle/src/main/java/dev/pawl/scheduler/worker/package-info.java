/** The workers that share the queue. */
@NullMarked
package dev.pawl.scheduler.worker;

import org.jspecify.annotations.NullMarked;
