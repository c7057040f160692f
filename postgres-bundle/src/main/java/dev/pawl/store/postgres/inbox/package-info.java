/** Received callbacks in the store. */
@NullMarked
package dev.pawl.store.postgres.inbox;

import org.jspecify.annotations.NullMarked;
