/** Modules as the runtime sees them: which are installed, in which state, and what they take. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.catalog;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
