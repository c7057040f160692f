/** The log of the server, and every way by which lines come into it. */
@NullMarked
package dev.pawl.runtime.logging;

import org.jspecify.annotations.NullMarked;
