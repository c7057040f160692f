/** Calls of hooks in the store. */
@NullMarked
package dev.pawl.store.sqlite.call;

import org.jspecify.annotations.NullMarked;
