/** The database: connections, the writer with its queue, the readers, migrations and errors. */
@NullMarked
package dev.pawl.store.sqlite.engine;

import org.jspecify.annotations.NullMarked;
