/** Maintenance of the store: backup, restore, check, and the removal of old jobs. */
@NullMarked
package dev.pawl.store.sqlite.upkeep;

import org.jspecify.annotations.NullMarked;
