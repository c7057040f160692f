/** The rows of JSON documents. */
@NullMarked
package dev.pawl.store.sqlite.document;

import org.jspecify.annotations.NullMarked;
