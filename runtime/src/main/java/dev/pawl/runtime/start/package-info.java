/** The reasons why a server cannot start. */
@NullMarked
package dev.pawl.runtime.start;

import org.jspecify.annotations.NullMarked;
