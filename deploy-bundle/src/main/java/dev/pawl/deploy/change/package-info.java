/** Changes to the installed bundles, and their records. */
@NullMarked
package dev.pawl.deploy.change;

import org.jspecify.annotations.NullMarked;
