/** The audit log in PostgreSQL. */
@NullMarked
package dev.pawl.store.postgres.audit;

import org.jspecify.annotations.NullMarked;
