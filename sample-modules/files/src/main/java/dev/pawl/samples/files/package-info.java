/** Deletes, copies and moves files, leaving nothing half done. */
@NullMarked
package dev.pawl.samples.files;

import org.jspecify.annotations.NullMarked;
