/** The audit log without its rows: how entries become chunks, and how chunks are read, verified and removed. */
@NullMarked
package dev.pawl.store.kit.audit;

import org.jspecify.annotations.NullMarked;
