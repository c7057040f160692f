/** The log of the server, and all sources of its lines. */
@NullMarked
package dev.pawl.runtime.logging;

import org.jspecify.annotations.NullMarked;
