/** Received callbacks in the store. */
@NullMarked
package dev.pawl.store.sqlite.inbox;

import org.jspecify.annotations.NullMarked;
