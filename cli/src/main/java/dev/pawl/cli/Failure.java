package dev.pawl.cli;

import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.EmbeddedServer;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.UsageException;

/**
 * The reason why a command failed.
 *
 * @param kind {@code refused} by the server, {@code no_server}, wrong {@code usage}, or a {@code bug} of the command
 * @param code the server's code for the problem; empty when there is none
 * @param status the HTTP status of the server's answer; 0 when there was none
 * @param detail a sentence that says what was wrong
 * @param remedy what to do about it; empty when nobody knows
 * @param exitCode the exit code of the process
 */
record Failure(String kind, String code, int status, String detail, String remedy, int exitCode) {

    /** @param command the name of the command, such as {@code pawl run} */
    static Failure of(Exception thrown, String command) {
        String detail = String.valueOf(thrown.getMessage());
        if (thrown instanceof ProblemAnswerException problem) {
            return new Failure("refused", problem.code(), problem.status(), detail, problem.remedy(), ExitCode.FAILED);
        }
        if (thrown instanceof NoServerException) {
            return new Failure("no_server", "", 0, detail, "", ExitCode.NO_SERVER);
        }
        if (thrown instanceof EmbeddedServer.RefusedException refused) {
            return new Failure("refused", "", 0, detail, "", refused.exitCode());
        }
        if (thrown instanceof UsageException) {
            return usage(detail, helpOf(command));
        }
        return new Failure(
                "bug",
                "",
                0,
                "This is a bug in the command: " + thrown,
                "Please report it together with the command line.",
                ExitCode.FAILED);
    }

    /** A command line that was wrong. */
    static Failure usage(String detail, String remedy) {
        return new Failure("usage", "", 0, detail, remedy, ExitCode.USAGE);
    }

    static String helpOf(String command) {
        return "`" + command + " --help` shows what it takes.";
    }
}
