/** Installs, updates, disables and removes module bundles while the system runs. */
@NullMarked
package dev.pawl.deploy;

import org.jspecify.annotations.NullMarked;
