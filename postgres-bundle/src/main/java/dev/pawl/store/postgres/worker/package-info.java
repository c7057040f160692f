/** The last signs of workers, which all servers read. */
@NullMarked
package dev.pawl.store.postgres.worker;

import org.jspecify.annotations.NullMarked;
