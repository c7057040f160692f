/** The artifacts of jobs in PostgreSQL. */
@NullMarked
package dev.pawl.store.postgres.artifact;

import org.jspecify.annotations.NullMarked;
