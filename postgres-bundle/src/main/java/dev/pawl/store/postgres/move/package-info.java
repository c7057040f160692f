/** The contents of a PostgreSQL store as records that move to another store. */
@NullMarked
package dev.pawl.store.postgres.move;

import org.jspecify.annotations.NullMarked;
