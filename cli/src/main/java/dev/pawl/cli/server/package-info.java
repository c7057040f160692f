/** The commands for a server as a whole. */
@NullMarked
package dev.pawl.cli.server;

import org.jspecify.annotations.NullMarked;
