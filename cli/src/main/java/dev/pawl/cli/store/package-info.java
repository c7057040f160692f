/** The commands for the store and its documents. */
@NullMarked
package dev.pawl.cli.store;

import org.jspecify.annotations.NullMarked;
