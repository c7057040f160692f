/** Files that are on disk when a call returns, and folders that are deleted whole. */
@NullMarked
package dev.pawl.base.file;

import org.jspecify.annotations.NullMarked;
