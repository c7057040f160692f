package dev.pawl.scheduler.run;

import dev.pawl.api.job.Failure;
import dev.pawl.api.job.Phase;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.ServerExitError;
import dev.pawl.api.module.ValidationException;
import dev.pawl.scheduler.schema.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts into words what a module threw. */
final class Failures {

    private static final int LONGEST_STACK = 16 * 1024;
    private static final int LONGEST_MESSAGE = 4 * 1024;

    private Failures() {}

    static Failure of(Phase phase, int task, String module, Throwable thrown, List<String> secrets) {
        return new Failure(phase, task, module, Secrets.hide(message(thrown), secrets), hide(stack(thrown), secrets));
    }

    static Failure of(Phase phase, int task, String module, String message) {
        return new Failure(phase, task, module, cut(message, LONGEST_MESSAGE), null);
    }

    private static @Nullable String hide(@Nullable String stack, List<String> secrets) {
        return stack == null ? null : Secrets.hide(stack, secrets);
    }

    private static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            boolean spoken = thrown instanceof ValidationException
                    || thrown instanceof RunException
                    || thrown instanceof CleanupException
                    || thrown instanceof InitializationException
                    || thrown instanceof ServerExitError;
            String type = thrown.getClass().getName();
            if (message == null || message.isBlank()) {
                return type;
            }
            return cut(spoken ? message : type + ": " + message, LONGEST_MESSAGE);
        } catch (RuntimeException | Error e) { // the exception itself is the module's code
            return thrown.getClass().getName() + " (its message could not be read)";
        }
    }

    private static @Nullable String stack(Throwable thrown) {
        try {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text, true));
            return cut(text.toString(), LONGEST_STACK);
        } catch (RuntimeException | Error e) {
            return null;
        }
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
