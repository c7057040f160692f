/** Hooks in the store. */
@NullMarked
package dev.pawl.store.sqlite.hook;

import org.jspecify.annotations.NullMarked;
