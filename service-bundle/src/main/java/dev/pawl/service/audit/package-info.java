/** The audit: which person or program changed what, or was refused; see docs/adr for why and how it is kept. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
