/** Purge and check of the database. */
@NullMarked
package dev.pawl.store.postgres.upkeep;

import org.jspecify.annotations.NullMarked;
