/** JSON documents as rows. */
@NullMarked
package dev.pawl.store.sqlite.document;

import org.jspecify.annotations.NullMarked;
