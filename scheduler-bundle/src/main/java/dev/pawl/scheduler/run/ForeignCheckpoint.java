package dev.pawl.scheduler.run;

import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.Phase;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * A checkpoint that was saved by another version of the module than the one that is to go on from it.
 *
 * @param values its content
 * @param from the version that saved it
 * @param index of the task
 * @param version the version that is to go on
 */
record ForeignCheckpoint(Map<String, Object> values, Version from, int index, ModuleVersion version) {

    /**
     * The checkpoint of a job when another version saved it; empty when there is none, when the version itself saved it, or when its
     * version is unknown.
     */
    static Optional<ForeignCheckpoint> of(Job job, int index, ModuleVersion version) {
        String saved = job.state().checkpointVersion();
        boolean foreign = index == job.state().taskIndex()
                && !job.state().checkpoint().isEmpty()
                && saved != null
                && !saved.equals(version.version());
        return foreign
                ? Optional.of(
                        new ForeignCheckpoint(job.state().checkpoint(), Version.parseVersion(saved), index, version))
                : Optional.empty();
    }

    /** The failure of a version that does not accept the checkpoint at all. */
    Optional<Failure> refusal() {
        return version.checkpoints().filter(range -> !range.includes(from)).map(range -> FailureText.of(
                        Phase.INITIALIZE,
                        index,
                        version.id(),
                        "The checkpoint was saved by version " + from + "; version " + version.version()
                                + " goes on from those of " + range + " alone.")
                .with(remedy()));
    }

    /** A failure of taking it over, with the versions and the remedy. */
    Failure failed(Failure failure) {
        return new Failure(
                failure.phase(),
                failure.taskIndex(),
                failure.module(),
                "Version " + version.version() + " cannot go on from the checkpoint that version " + from + " saved: "
                        + failure.message(),
                failure.stack(),
                remedy());
    }

    String remedy() {
        return "`pawl module rollback " + version.id() + " --to " + from
                + "` brings back the version that saved the checkpoint; start the job again there, or install a version that reads it.";
    }
}
