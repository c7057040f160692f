package dev.pawl.scheduler.run;

import dev.pawl.api.job.Failure;
import dev.pawl.api.job.Phase;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.ServerExitError;
import dev.pawl.api.module.ValidationException;
import dev.pawl.scheduler.schema.Secrets;
import java.util.List;

/** Puts into words what a module threw. */
final class Failures {

    private static final int LONGEST_STACK = 16 * 1024;
    private static final int LONGEST_MESSAGE = 4 * 1024;

    private Failures() {}

    static Failure of(Phase phase, int task, String module, Throwable thrown, List<String> secrets) {
        return new Failure(
                phase, task, module, cut(message(thrown, secrets)), StackText.of(thrown, secrets, LONGEST_STACK));
    }

    static Failure of(Phase phase, int task, String module, String message) {
        return new Failure(phase, task, module, cut(message), null);
    }

    private static String message(Throwable thrown, List<String> secrets) {
        boolean spoken = thrown instanceof ValidationException
                || thrown instanceof RunException
                || thrown instanceof CleanupException
                || thrown instanceof InitializationException
                || thrown instanceof UnreadableCheckpointException
                || thrown instanceof ServerExitError;
        String type = thrown.getClass().getName();
        String message = StackText.message(thrown, secrets);
        if (message == null || message.isBlank()) {
            return type;
        }
        return spoken ? message : type + ": " + message;
    }

    private static String cut(String text) {
        return Secrets.shown(text, List.of(), LONGEST_MESSAGE);
    }
}
