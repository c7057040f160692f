package dev.pawl.samples.files;

import dev.pawl.api.module.AdminOnly;
import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.files.Workload.Running;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Copies, moves and deletes files, with a checkpoint for each; the next run finishes a step that an interrupted one began. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "cleanup",
        name = "Cleanup",
        description = "Deletes, copies and moves files, leaving nothing half done.",
        capabilities = {"files", "sample"},
        enabled = false,
        inputs = CleanupModule.Inputs.class,
        settings = CleanupModule.Settings.class)
public final class CleanupModule implements Module {

    /**
     * The actions to take, list by list in the order of the job; at least one of the three must be given.
     *
     * @param copy files or folders
     * @param move files or folders
     * @param delete files, links and empty folders
     */
    public record Inputs(
            @Description("Files or folders to copy.") @Nullable
            List<Relocation> copy,

            @Description("Files or folders to move.") @Nullable
            List<Relocation> move,

            @Description("Files, links and empty folders to delete; those that are gone already are skipped.") @Nullable
            List<String> delete) {}

    /**
     * A source and a destination.
     *
     * @param source a file or folder
     * @param destination its new name, or a folder to put it in
     * @param mode permissions for it; those of the source when not given
     */
    public record Relocation(
            @Required @Description("The path of a file or folder.")
            String source,

            @Required @Description("Its new path, or that of a folder to put it in.")
            String destination,

            @Description("Its new permissions as three octal digits, such as 640; by default those of the source.")
            @Nullable
            String mode) {}

    /**
     * The places in which the module works.
     *
     * @param root the folder of relative paths
     * @param folders the folders to which the module keeps; the roots alone limit it when there are none
     */
    public record Settings(
            @Description("The folder of relative paths; without it all paths must be absolute.") @Nullable
            String root,

            @AdminOnly
            @Description("Folders to which the module keeps, within its roots; by default all of them.")
            @Nullable
            List<String> folders) {}

    @Override
    public void validate(TaskContext task) throws ValidationException {
        Requirements.check(Plan.of(task), task);
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Plan plan = Plan.of(task);
        Workload workload = workload(plan, task);
        for (int n = task.checkpoint("done", 0); n < plan.steps().size(); n++) {
            Step step = plan.steps().get(n);
            Running running = workload.begin(n, step);
            try {
                Reach reach = Reach.of(task);
                Target.check(step, reach);
                refuseMissingFolder(plan, step);
                perform(step, n, running, reach, task);
            } catch (ClosedByInterruptException e) {
                Thread.interrupted(); // the exception carries it on
                throw new InterruptedException("The thread was interrupted during the step for " + step.source() + ".");
            } catch (FileRefusedException e) {
                throw new RunException(reason(e), e);
            } catch (IOException e) {
                throw new RunException(
                        "The source " + step.source() + " could not be "
                                + step.action().done() + ": " + reason(e),
                        e);
            }
            running.end();
            task.checkpoint(Map.of("done", n + 1, "worked", workload.done()));
        }
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        try {
            List<Step> steps = Plan.of(task).steps();
            Reach reach = Reach.of(task);
            for (int n = 0; n < steps.size(); n++) {
                if (steps.get(n).isTransfer()) {
                    Transfer.removeLeftovers(steps.get(n), Transfer.hiddenName(task, n), reach);
                }
            }
        } catch (ValidationException neverRan) {
            // then no step was begun either
        } catch (IOException e) {
            throw new CleanupException("A half-made copy could not be removed: " + reason(e), e);
        }
    }

    private static Workload workload(Plan plan, TaskContext task) throws ValidationException, RunException {
        try {
            return Workload.of(plan.steps(), task, Reach.of(task));
        } catch (IOException e) {
            throw new RunException(
                    (e instanceof FileRefusedException ? "" : "The files could not be measured: ") + reason(e), e);
        }
    }

    private static void perform(Step step, int n, Running running, Reach reach, TaskContext task)
            throws IOException, RunException {
        if (!step.isTransfer()) {
            boolean wasThere = Deletion.delete(reach.entry(step.source()));
            task.info(wasThere ? "deleted " + step.source() : step.source() + " was already deleted");
            if (wasThere) {
                task.emit(step.result(step.source()));
            }
            return;
        }
        Path target = new Transfer(step, n, task, reach, running::add).perform();
        task.info(step.action().done() + " " + step.source() + " to " + target);
        task.emit(step.result(target));
    }

    private static void refuseMissingFolder(Plan plan, Step step) throws RunException {
        if (plan.folders().contains(step.destination()) && !Files.isDirectory(step.destination())) {
            throw new RunException("The destination " + step.destination()
                    + " must be a folder that exists: it ends with a slash, or more than one step names it.");
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof FileRefusedException refused) {
            return "The path " + refused.getFile() + " is refused: " + refused.getReason() + ".";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied.";
        }
        if (failure instanceof FileSystemException known && known.getReason() != null) {
            return known.getFile() + ": " + known.getReason() + ".";
        }
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
