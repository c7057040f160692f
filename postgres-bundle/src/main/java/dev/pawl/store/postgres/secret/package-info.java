/** Encrypted secrets in the database. */
@NullMarked
package dev.pawl.store.postgres.secret;

import org.jspecify.annotations.NullMarked;
