/** Makes the console's files ready for browsers. */
@NullMarked
package dev.pawl.console.build;

import org.jspecify.annotations.NullMarked;
