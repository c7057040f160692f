/** Artifacts of jobs: files that tasks leave to be kept, from the work folder to the client that reads them. */
@NullMarked
package dev.pawl.scheduler.artifact;

import org.jspecify.annotations.NullMarked;
