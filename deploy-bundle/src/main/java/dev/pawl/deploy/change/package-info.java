/** Changes to what is installed, and the records that say what is. */
@NullMarked
package dev.pawl.deploy.change;

import org.jspecify.annotations.NullMarked;
