/** Changes that other servers made to jobs: told in rows, waited for by a connection that listens. */
@NullMarked
package dev.pawl.store.postgres.news;

import org.jspecify.annotations.NullMarked;
