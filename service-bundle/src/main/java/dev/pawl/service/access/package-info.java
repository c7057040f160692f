/** Who acts, and in which role. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
