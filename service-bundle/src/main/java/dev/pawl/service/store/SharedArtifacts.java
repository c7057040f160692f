package dev.pawl.service.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The contents of artifacts, in a store that servers share, so that each of them has the artifacts of all jobs. A run keeps contents before it
 * records their artifacts; such that never get a record are removed. Methods work on the calling thread, which large contents take long; any
 * thread may call them. Errors are those of {@link JobStore}.
 */
@ProviderType
public interface SharedArtifacts {

    /**
     * Keeps the contents of files for a run, in place of those that it kept under the same names; they are on the disk of the store when this
     * returns true.
     *
     * @param files the files by the names under which artifacts have them, which no other run of the job uses
     * @param giveUp asked again and again; when true, this ends soon
     * @return false when it was given up
     */
    boolean keep(RunId run, Map<String, Path> files, BooleanSupplier giveUp);

    /**
     * Writes the contents of an artifact to a file, which must not exist; the caller compares size and digest.
     *
     * @return whether they are kept
     */
    boolean fetch(UUID job, String name, Path file);

    /** Removes contents without a record that were kept by this run of a job or earlier ones, since none of them can record any more. */
    void tidy(RunId run);

    /** Removes contents of any job without a record, unless they came within a time: a run may be about to record them. */
    void forgetUnrecorded(Duration within);
}
