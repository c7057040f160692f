/** The frame of every command: its call, the server it speaks to, and how it ends. */
@NullMarked
package dev.pawl.cli.command;

import org.jspecify.annotations.NullMarked;
