package dev.pawl.scheduler.run;

import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.Phase;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * A checkpoint that another version of the module saved than the one that is to go on from it.
 *
 * @param values what it holds
 * @param from that other version
 * @param index of the task
 * @param version the version that is to go on
 */
record ForeignCheckpoint(Map<String, Object> values, Version from, int index, ModuleVersion version) {

    /** Empty when there is no checkpoint, or the version's own, or one of which nobody knows who saved it. */
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

    /** Why the version does not take it at all. */
    Optional<Failure> refusal() {
        return version.checkpoints().filter(range -> !range.includes(from)).map(range -> FailureText.of(
                        Phase.INITIALIZE,
                        index,
                        version.id(),
                        "The checkpoint was saved by version " + from + "; version " + version.version()
                                + " goes on from those of " + range + " alone.")
                .with(remedy()));
    }

    /** What a failure of taking it over says. */
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
