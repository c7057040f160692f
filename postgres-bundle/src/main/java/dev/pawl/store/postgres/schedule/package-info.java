/** Schedules in the database. */
@NullMarked
package dev.pawl.store.postgres.schedule;

import org.jspecify.annotations.NullMarked;
