/** What stores keep of jobs, whatever the database: the texts of columns, the order of the queue and of lists, and what is counted in memory. */
@NullMarked
package dev.pawl.store.kit;

import org.jspecify.annotations.NullMarked;
