/** The `pawl` command: a client of the HTTP API. */
@NullMarked
package dev.pawl.cli;

import org.jspecify.annotations.NullMarked;
