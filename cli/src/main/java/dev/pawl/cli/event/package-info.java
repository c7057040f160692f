/** The command that follows what changes on the server. */
@NullMarked
package dev.pawl.cli.event;

import org.jspecify.annotations.NullMarked;
