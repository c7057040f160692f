/** Jobs: what is asked for, where it stands, and the {@link dev.pawl.service.job.Scheduler} that runs it. */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.job;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
