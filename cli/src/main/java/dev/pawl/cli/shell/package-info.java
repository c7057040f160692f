/** The client of the server's shell. */
@NullMarked
package dev.pawl.cli.shell;

import org.jspecify.annotations.NullMarked;
