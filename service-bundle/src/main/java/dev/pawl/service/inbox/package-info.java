/** The inbox of callbacks that programs outside send when they have worked for a job. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.inbox;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
