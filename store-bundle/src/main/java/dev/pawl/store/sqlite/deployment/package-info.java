/** Records of module bundles as rows. */
@NullMarked
package dev.pawl.store.sqlite.deployment;

import org.jspecify.annotations.NullMarked;
