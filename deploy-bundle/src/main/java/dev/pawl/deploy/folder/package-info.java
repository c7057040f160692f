/** The modules folder: watching, reading and applying it. */
@NullMarked
package dev.pawl.deploy.folder;

import org.jspecify.annotations.NullMarked;
