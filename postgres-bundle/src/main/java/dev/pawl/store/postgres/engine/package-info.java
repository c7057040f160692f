/** The database: connections, the writer with its queue, the readers, migrations, the lease of this process, texts and errors. */
@NullMarked
package dev.pawl.store.postgres.engine;

import org.jspecify.annotations.NullMarked;
