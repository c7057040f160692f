/** A store in PostgreSQL, which several servers can share. */
@NullMarked
package dev.pawl.store.postgres;

import org.jspecify.annotations.NullMarked;
