/** The embedded store: jobs, documents and deployments in one SQLite file, with one writer and several readers. */
@NullMarked
package dev.pawl.store.sqlite;

import org.jspecify.annotations.NullMarked;
