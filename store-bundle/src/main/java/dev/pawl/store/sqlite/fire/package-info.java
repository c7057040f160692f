/** The history of schedules in the store. */
@NullMarked
package dev.pawl.store.sqlite.fire;

import org.jspecify.annotations.NullMarked;
