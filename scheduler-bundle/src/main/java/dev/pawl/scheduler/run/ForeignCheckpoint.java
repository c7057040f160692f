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
 * @param kind the version that is to go on
 */
record ForeignCheckpoint(Map<String, Object> values, Version from, int index, ModuleVersion kind) {

    /** Empty when there is no checkpoint, or the version's own, or one of which nobody knows who saved it. */
    static Optional<ForeignCheckpoint> of(Job job, int index, ModuleVersion kind) {
        String saved = job.state().checkpointVersion();
        boolean foreign = index == job.state().taskIndex()
                && !job.state().checkpoint().isEmpty()
                && saved != null
                && !saved.equals(kind.version());
        return foreign
                ? Optional.of(new ForeignCheckpoint(job.state().checkpoint(), Version.parseVersion(saved), index, kind))
                : Optional.empty();
    }

    /** Why the version does not take it at all. */
    Optional<Failure> refusal() {
        return kind.checkpoints().filter(range -> !range.includes(from)).map(range -> FailureText.of(
                        Phase.INITIALIZE,
                        index,
                        kind.id(),
                        "The checkpoint was saved by version " + from + "; version " + kind.version()
                                + " goes on from those of " + range + " alone.")
                .with(remedy()));
    }

    /** What a failure of taking it over says. */
    Failure failed(Failure failure) {
        return new Failure(
                failure.phase(),
                failure.taskIndex(),
                failure.module(),
                "Version " + kind.version() + " cannot go on from the checkpoint that version " + from + " saved: "
                        + failure.message(),
                failure.stack(),
                remedy());
    }

    String remedy() {
        return "`pawl module rollback " + kind.id() + " --to " + from
                + "` brings back the version that saved the checkpoint; start the job again there, or install a version that reads it.";
    }
}
