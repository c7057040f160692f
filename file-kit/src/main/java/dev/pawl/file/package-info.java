/** The files that a task's inputs name: found, checked, and written whole or not at all. Embedded by the modules that use it. */
@NullMarked
package dev.pawl.file;

import org.jspecify.annotations.NullMarked;
