package dev.pawl.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.CommandInterruptedException;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.OutputFormat;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.screen.Screen;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a failure and its remedy on the error stream, in the format of the output, and turns it into an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Screen screen;
    private final OutputFormat format;

    /** @param format the format that the command line asks for */
    Failures(Screen screen, OutputFormat format) {
        this.screen = screen;
        this.format = format;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return explain(failure, command.getCommandSpec().qualifiedName());
    }

    /** Reports an exception of a command, and returns the exit code. */
    int explain(Exception failure, String command) {
        screen.clear();
        return failure instanceof CommandInterruptedException
                ? ExitCode.INTERRUPTED
                : report(Failure.of(failure, command));
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        return report(
                failure instanceof UnmatchedArgumentException unmatched
                        ? UnmatchedArgument.explain(unmatched)
                        : Failure.usage(
                                WrongValue.explain(failure).orElse(String.valueOf(failure.getMessage())),
                                Failure.helpOf(command)));
    }

    private int report(Failure failure) {
        if (format.isForPrograms()) {
            screen.note(format.text(tree(failure)).stripTrailing());
        } else {
            screen.note(screen.paint(Colour.RED, "Error:") + " " + PlainText.oneLine(failure.detail()));
            if (!failure.remedy().isEmpty()) {
                screen.note(PlainText.oneLine(failure.remedy()));
            }
        }
        return failure.exitCode();
    }

    private static ObjectNode tree(Failure failure) {
        ObjectNode tree = JsonTrees.object().put("error", failure.kind()).put("detail", failure.detail());
        if (!failure.code().isEmpty()) {
            tree.put("code", failure.code());
        }
        if (failure.status() != 0) {
            tree.put("status", failure.status());
        }
        if (!failure.remedy().isEmpty()) {
            tree.put("remedy", failure.remedy());
        }
        return tree.put("exit_code", failure.exitCode());
    }
}
