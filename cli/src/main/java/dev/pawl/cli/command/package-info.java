/** The frame of every command: its invocation, its server, which may have a name, and its exit code. */
@NullMarked
package dev.pawl.cli.command;

import org.jspecify.annotations.NullMarked;
