/** The spans of jobs, as a bundle that exports traces receives them. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.trace;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
