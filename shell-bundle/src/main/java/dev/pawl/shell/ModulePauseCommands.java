package dev.pawl.shell;

import dev.pawl.service.job.JobQueue;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands that pause the jobs of one module. */
@Component(service = ModulePauseCommands.class)
@GogoCommand(
        scope = "module",
        function = {"pause", "resume"})
public final class ModulePauseCommands {
    private final JobQueue jobs;
    private final ShellAudit audit;

    @Activate
    public ModulePauseCommands(@Reference JobQueue jobs, @Reference ShellAudit audit) {
        this.jobs = jobs;
        this.audit = audit;
    }

    @Descriptor("pauses the start of a module's jobs, also after a restart; running jobs continue")
    public String pause(@Descriptor("the module's id") String id) throws CommandException, InterruptedException {
        audit.atOnce("module.pause", id, () -> jobs.pauseModule(id, true).thenApply(done -> true));
        return "The jobs of module " + id + " are paused.";
    }

    @Descriptor("resumes the start of a module's jobs")
    public String resume(@Descriptor("the module's id") String id) throws CommandException, InterruptedException {
        audit.atOnce("module.resume", id, () -> jobs.pauseModule(id, false).thenApply(done -> true));
        return "The jobs of module " + id + " are resumed.";
    }
}
