/** The memory that clients hold, and its limits. */
@NullMarked
package dev.pawl.http.memory;

import org.jspecify.annotations.NullMarked;
