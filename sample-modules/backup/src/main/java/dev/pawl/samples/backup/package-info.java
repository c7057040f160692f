/** Backups of folders and databases, with retention, verification and restoring. */
@NullMarked
package dev.pawl.samples.backup;

import org.jspecify.annotations.NullMarked;
