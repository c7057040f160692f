/** The protocol between the server and the process of a task, as docs/module-protocol.md describes it: messages, and reading and writing them. */
@NullMarked
package dev.pawl.processes.protocol;

import org.jspecify.annotations.NullMarked;
