/** Folders and files that the server owns or is made of. */
@NullMarked
package dev.pawl.runtime.files;

import org.jspecify.annotations.NullMarked;
