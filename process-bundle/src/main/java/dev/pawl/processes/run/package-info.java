/** A task that a process does: its conversation with the server, phase by phase. */
@NullMarked
package dev.pawl.processes.run;

import org.jspecify.annotations.NullMarked;
