/** The encrypted secrets in the store. */
@NullMarked
package dev.pawl.store.sqlite.secret;

import org.jspecify.annotations.NullMarked;
