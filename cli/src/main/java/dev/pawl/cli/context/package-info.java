/** The commands that log in at servers and choose among them. */
@NullMarked
package dev.pawl.cli.context;

import org.jspecify.annotations.NullMarked;
