/** Deployment: module bundles as they are installed, changed and removed, and the records of that. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.deploy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
