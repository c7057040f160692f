/** The frame of every command: its invocation, its server and its exit code. */
@NullMarked
package dev.pawl.cli.command;

import org.jspecify.annotations.NullMarked;
