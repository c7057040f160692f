/** Schedules in the store. */
@NullMarked
package dev.pawl.store.sqlite.schedule;

import org.jspecify.annotations.NullMarked;
