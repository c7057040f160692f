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

    private static final String MISSING_CLASS =
            "The class is in no jar of the module, and no module exports its package. Add the"
                    + " <dependency> that contains it to pom.xml, without a <scope>; libraries name as optional what they need only at times.";

    private FailureText() {}

    static Failure of(Phase phase, int task, String module, Throwable thrown, List<String> secrets) {
        Failure failure = new Failure(
                phase, task, module, message(thrown, secrets), StackText.of(thrown, secrets, TextLimit.STACK));
        return lacksAClass(thrown) ? failure.with(MISSING_CLASS) : failure;
    }

    /** Whether a class was looked for in vain; one that failed while it was initialized is there. */
    private static boolean lacksAClass(Throwable thrown) {
        boolean isUnknown = thrown instanceof ClassNotFoundException || thrown instanceof NoClassDefFoundError;
        return isUnknown && !(thrown.getCause() instanceof ExceptionInInitializerError);
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
