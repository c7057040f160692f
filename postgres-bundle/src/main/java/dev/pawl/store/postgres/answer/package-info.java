/** The rows of kept answers. */
@NullMarked
package dev.pawl.store.postgres.answer;

import org.jspecify.annotations.NullMarked;
