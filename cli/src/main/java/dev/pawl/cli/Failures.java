package dev.pawl.cli;

import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.CommandInterruptedException;
import dev.pawl.cli.command.EmbeddedServer;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.screen.Screen;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a failure and its remedy on the error stream, and turns it into an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Screen screen;

    Failures(Screen screen) {
        this.screen = screen;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return explain(failure, command.getCommandSpec().qualifiedName());
    }

    /** Reports an exception of a command, and returns the exit code. */
    int explain(Exception failure, String command) {
        screen.clear();
        if (failure instanceof CommandInterruptedException) {
            return ExitCode.INTERRUPTED;
        }
        if (failure instanceof ProblemAnswerException problem) {
            say(problem.getMessage(), problem.remedy());
            return ExitCode.FAILED;
        }
        if (failure instanceof NoServerException) {
            say(failure.getMessage(), "");
            return ExitCode.NO_SERVER;
        }
        if (failure instanceof EmbeddedServer.RefusedException refused) {
            say(refused.getMessage(), "");
            return refused.exitCode();
        }
        if (failure instanceof UsageException) {
            say(failure.getMessage(), helpOf(command));
            return ExitCode.USAGE;
        }
        say("This is a bug in the command: " + failure, "Please report it together with the command line.");
        return ExitCode.FAILED;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        say(failure.getMessage(), "");
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        screen.note(helpOf(command.getCommandSpec().qualifiedName()));
        return ExitCode.USAGE;
    }

    private static String helpOf(String command) {
        return "`" + command + " --help` shows what it takes.";
    }

    private void say(@Nullable String what, String remedy) {
        screen.note(screen.paint(Colour.RED, "Error:") + " " + PlainText.oneLine(String.valueOf(what)));
        if (!remedy.isEmpty()) {
            screen.note(PlainText.oneLine(remedy));
        }
    }
}
