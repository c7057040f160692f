/** The commands for tokens. */
@NullMarked
package dev.pawl.cli.access;

import org.jspecify.annotations.NullMarked;
