/** The contents of an SQLite store, and of the files beside it, as records that move to another store. */
@NullMarked
package dev.pawl.store.sqlite.move;

import org.jspecify.annotations.NullMarked;
