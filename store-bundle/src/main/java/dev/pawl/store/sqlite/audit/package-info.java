/** The rows of the audit log: the chain of hashes, and the chunks that hold its entries. */
@NullMarked
package dev.pawl.store.sqlite.audit;

import org.jspecify.annotations.NullMarked;
