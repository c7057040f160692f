/** The process of a task: its start, its streams, its environment, and its end with everything that it has started. */
@NullMarked
package dev.pawl.processes.child;

import org.jspecify.annotations.NullMarked;
