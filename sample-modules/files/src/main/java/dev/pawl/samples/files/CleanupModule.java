package dev.pawl.samples.files;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.files.Step.Action;
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
        inputs = CleanupModule.Inputs.class)
public final class CleanupModule implements Module {

    /**
     * The actions to take; at least one of the three must be given, and all paths are absolute.
     *
     * @param copy files or folders
     * @param move files or folders
     * @param delete files, links and empty folders
     */
    public record Inputs(
            @Description("Files or folders to copy.") @Nullable
            List<Map<String, Object>> copy,

            @Description("Files or folders to move.") @Nullable
            List<Map<String, Object>> move,

            @Description("Files and empty folders to delete; those that are gone already are skipped.") @Nullable
            List<String> delete) {}

    /**
     * A source and a destination.
     *
     * @param source a file or folder
     * @param destination its new name, or a folder to put it in
     */
    public record Relocation(
            @Required @Description("The absolute path of a file or folder.")
            String source,

            @Required @Description("Its new absolute path, or that of a folder to put it in.")
            String destination) {}

    @Override
    public void validate(TaskContext task) throws ValidationException {
        for (Step step : Plan.of(task.inputs()).steps()) {
            try {
                Target.check(step, task.files());
            } catch (FileRefusedException refused) {
                throw new ValidationException(reason(refused), refused);
            } catch (IOException unreadable) {
                throw new ValidationException(
                        "The path " + step.source() + " or " + step.destination() + " cannot be examined: "
                                + reason(unreadable),
                        unreadable);
            }
        }
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Plan plan = Plan.of(task.inputs());
        int all = plan.steps().size();
        for (int n = task.checkpoint("done", 0); n < all; n++) {
            Step step = plan.steps().get(n);
            try {
                refuseMissingFolder(plan, step, task);
                perform(step, n, all, task);
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
            task.progress(100.0 * (n + 1) / all, Map.of("step", n + 1, "steps", all));
            task.checkpoint(Map.of("done", n + 1));
        }
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        try {
            List<Step> steps = Plan.of(task.inputs()).steps();
            for (int n = 0; n < steps.size(); n++) {
                if (steps.get(n).action() != Action.DELETE) {
                    Transfer.removeLeftovers(steps.get(n), Transfer.hiddenName(task, n), task.files());
                }
            }
        } catch (ValidationException neverRan) {
            // then no step was begun either
        } catch (IOException e) {
            throw new CleanupException("A half-made copy could not be removed: " + reason(e), e);
        }
    }

    private static void perform(Step step, int n, int all, TaskContext task) throws IOException, RunException {
        if (step.action() == Action.DELETE) {
            boolean wasThere = Deletion.delete(task.files().entry(step.source()));
            task.info(wasThere ? "deleted " + step.source() : step.source() + " was already deleted");
            if (wasThere) {
                task.emit(step.result(step.source()));
            }
            return;
        }
        Path target = new Transfer(
                        step,
                        n,
                        task,
                        bytes -> task.progress(
                                100.0 * n / all, Map.of("step", n + 1, "steps", all, "copied_bytes", bytes)))
                .perform();
        task.info(step.action().done() + " " + step.source() + " to " + target);
        task.emit(step.result(target));
    }

    private static void refuseMissingFolder(Plan plan, Step step, TaskContext task) throws IOException, RunException {
        Target.check(step, task.files());
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
