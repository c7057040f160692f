/** The web console's files, for the HTTP API to serve. */
@NullMarked
package dev.pawl.console;

import org.jspecify.annotations.NullMarked;
