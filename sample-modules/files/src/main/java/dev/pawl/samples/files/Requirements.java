package dev.pawl.samples.files;

import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Checks before any task of the job runs that the files of a plan may be accessed, and are there or will be made. */
final class Requirements {

    private final List<Step> steps;
    private final Reach reach;

    private Requirements(List<Step> steps, Reach reach) {
        this.steps = steps;
        this.reach = reach;
    }

    /** Checks the steps that remain of a plan, and declares what all of them make. */
    static void check(Plan plan, TaskContext task) throws ValidationException {
        Requirements requirements = new Requirements(plan.steps(), Reach.of(task));
        int done = task.checkpoint("done", 0);
        boolean begun = task.checkpoint("ready", -1) == done; // its source may be gone already
        for (int n = 0; n < plan.steps().size(); n++) {
            Step step = plan.steps().get(n);
            try {
                Target.check(step, requirements.reach);
                if (step.isTransfer() && n >= done && !(begun && n == done)) {
                    requirements.checkSource(n, step);
                    requirements.checkDestination(n, step);
                }
                if (step.isTransfer()) {
                    boolean into = plan.folders().contains(step.destination()) || Files.isDirectory(step.destination());
                    requirements.reach.declare(into ? step.inDestination() : step.destination());
                }
            } catch (IOException refused) {
                throw NamedFiles.refusal(step.input(), named(refused, step), refused);
            }
        }
    }

    private static String named(IOException refused, Step step) {
        return refused instanceof FileSystemException known && known.getFile() != null
                ? known.getFile()
                : step.source().toString();
    }

    private void checkSource(int n, Step step) throws IOException, ValidationException {
        Path source = step.source();
        if (Files.exists(source) || StepOrder.isMade(steps, n, source) || reach.isMadeEarlier(source)) {
            return;
        }
        if (Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
            throw new ValidationException(step.input() + ".source is " + source
                    + ", a link that leads nowhere; only delete takes such a link.");
        }
        throw new ValidationException(step.input() + ".source is " + source
                + ", which does not exist, and no earlier task of the job makes it.");
    }

    private void checkDestination(int n, Step step) throws IOException, ValidationException {
        Path destination = step.destination();
        Path folder = destination.getParent();
        if (folder == null
                || Files.isDirectory(destination)
                || Files.isDirectory(folder)
                || StepOrder.isMade(steps, n, folder)
                || reach.isMadeEarlier(folder)) {
            return;
        }
        throw new ValidationException(step.input() + ".destination is " + destination + ", but there is no folder "
                + folder + "; create it first.");
    }
}
