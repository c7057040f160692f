/** The folders and files of the server and of its distribution. */
@NullMarked
package dev.pawl.runtime.files;

import org.jspecify.annotations.NullMarked;
