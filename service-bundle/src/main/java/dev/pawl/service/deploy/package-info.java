/** Deployment: installing, changing and removing module bundles, and the records of it. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.deploy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
