/** The history of schedules in the database. */
@NullMarked
package dev.pawl.store.postgres.fire;

import org.jspecify.annotations.NullMarked;
