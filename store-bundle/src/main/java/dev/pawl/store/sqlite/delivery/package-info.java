/** Rows of the deliveries of callbacks. */
@NullMarked
package dev.pawl.store.sqlite.delivery;

import org.jspecify.annotations.NullMarked;
