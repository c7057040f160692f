/** Hooks in the database. */
@NullMarked
package dev.pawl.store.postgres.hook;

import org.jspecify.annotations.NullMarked;
