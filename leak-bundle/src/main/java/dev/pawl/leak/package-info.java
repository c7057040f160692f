/** Detection of leaked class loaders of modules that have gone, and of their holders. */
@NullMarked
package dev.pawl.leak;

import org.jspecify.annotations.NullMarked;
