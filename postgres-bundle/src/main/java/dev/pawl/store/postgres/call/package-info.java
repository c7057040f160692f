/** Calls of hooks in the database. */
@NullMarked
package dev.pawl.store.postgres.call;

import org.jspecify.annotations.NullMarked;
