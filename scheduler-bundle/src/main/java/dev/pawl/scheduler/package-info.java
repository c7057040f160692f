/** Assembly of the scheduler, its start and end, and its upkeep. */
@NullMarked
package dev.pawl.scheduler;

import org.jspecify.annotations.NullMarked;
