package dev.pawl.shell;

import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.Queue;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for the queue. */
@Component(service = QueueCommands.class)
@GogoCommand(
        scope = "queue",
        function = {"show", "pause", "resume"})
public final class QueueCommands {
    private final JobQueue jobs;
    private final ShellAudit audit;

    @Activate
    public QueueCommands(@Reference JobQueue jobs, @Reference ShellAudit audit) {
        this.jobs = jobs;
        this.audit = audit;
    }

    @Descriptor("shows the waiting jobs in the order in which they would start")
    public String show(
            @Parameter(
                            names = {"-n", "--limit"},
                            absentValue = "20")
                    @Descriptor("how many at most, 1 to 10000")
                    int limit)
            throws CommandException {
        Queue queue = CommandException.unless(() -> jobs.waiting(limit));
        String state = queue.disabled() ? "The queue is paused. " : "";
        return state + queue.entries() + " wait.\n" + JobCommands.table(queue.jobs());
    }

    @Descriptor("pauses the start of jobs; running jobs continue")
    public String pause() throws CommandException, InterruptedException {
        audit.atOnce("queue.change", "", () -> jobs.disable(true).thenApply(done -> true));
        return "The queue is paused.";
    }

    @Descriptor("resumes the start of jobs")
    public String resume() throws CommandException, InterruptedException {
        audit.atOnce("queue.change", "", () -> jobs.disable(false).thenApply(done -> true));
        return "The queue is resumed.";
    }
}
