/** The modules folder: watched, read and brought into effect. */
@NullMarked
package dev.pawl.deploy.folder;

import org.jspecify.annotations.NullMarked;
