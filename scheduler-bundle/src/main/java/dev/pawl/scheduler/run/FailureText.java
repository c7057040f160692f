package dev.pawl.scheduler.run;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.ValidationException;
import dev.pawl.scheduler.thread.StackText;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.guard.ServerExitError;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Phase;
import java.util.List;

/** Turns an exception of a module into a failure in words. */
final class FailureText {

    private FailureText() {}

    static Failure of(Phase phase, int task, String module, Throwable thrown, List<String> secrets) {
        return new Failure(
                phase, task, module, message(thrown, secrets), StackText.of(thrown, secrets, TextLimit.STACK));
    }

    static Failure of(Phase phase, int task, String module, String message) {
        return new Failure(phase, task, module, message, null);
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
}
