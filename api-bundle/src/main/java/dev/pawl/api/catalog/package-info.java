/** Modules as the runtime sees them: what is installed, in which state, and how it is deployed. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.api.catalog;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
