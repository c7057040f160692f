/** The answers that are kept for clients that repeat their requests. */
@NullMarked
package dev.pawl.store.sqlite.answer;

import org.jspecify.annotations.NullMarked;
