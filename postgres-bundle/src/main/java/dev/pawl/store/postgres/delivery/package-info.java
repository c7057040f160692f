/** The deliveries of callbacks in PostgreSQL. */
@NullMarked
package dev.pawl.store.postgres.delivery;

import org.jspecify.annotations.NullMarked;
