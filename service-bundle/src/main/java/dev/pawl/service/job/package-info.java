/**
 * Jobs: what is asked for, where it stands, the {@link dev.pawl.service.job.Scheduler} that runs it, the
 * {@link dev.pawl.service.job.JobQueue} that holds it back, and the {@link dev.pawl.service.job.ModuleDrain} that the deployer asks.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.job;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
