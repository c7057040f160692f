/** Completion of the command's arguments in shells: scripts made of the commands themselves, and the values that only a server knows. */
@NullMarked
package dev.pawl.cli.completion;

import org.jspecify.annotations.NullMarked;
