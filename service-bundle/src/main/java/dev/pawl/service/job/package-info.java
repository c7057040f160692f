/**
 * Jobs: requests and states, the {@link dev.pawl.service.job.Scheduler} that runs them, the {@link dev.pawl.service.job.JobQueue} in which
 * they wait, and the {@link dev.pawl.service.job.ModuleDrain} that the deployer uses.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.pawl.service.job;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
