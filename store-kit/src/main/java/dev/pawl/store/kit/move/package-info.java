/** The records by which the contents of a store move to another one. */
@NullMarked
package dev.pawl.store.kit.move;

import org.jspecify.annotations.NullMarked;
