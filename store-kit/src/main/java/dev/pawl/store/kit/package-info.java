/** The part of stores that is the same for every database: the texts of columns, the order of the queue and of lists, and what is counted in memory. */
@NullMarked
package dev.pawl.store.kit;

import org.jspecify.annotations.NullMarked;
