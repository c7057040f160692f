/** JSON documents in the store. */
@NullMarked
package dev.pawl.store.postgres.document;

import org.jspecify.annotations.NullMarked;
