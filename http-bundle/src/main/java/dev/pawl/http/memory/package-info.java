/** The memory that clients hold. */
@NullMarked
package dev.pawl.http.memory;

import org.jspecify.annotations.NullMarked;
