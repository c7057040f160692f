package dev.pawl.cli;

import dev.pawl.cli.client.HttpThreads;
import dev.pawl.cli.command.EmbeddedServer;
import dev.pawl.cli.command.EmbeddedServer.RefusedException;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Interrupts;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputFormat;
import dev.pawl.cli.command.Prompt;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Terminal;
import dev.pawl.cli.screen.Times;
import dev.pawl.cli.server.ServeCommand;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** The main class. */
public final class Main {
    private static final List<String> PLAIN_SERVE = List.of("serve");

    private Main() {}

    /** The least width of help texts; picocli refuses a smaller one. A narrower terminal wraps the lines itself. */
    private static final int LEAST_HELP_WIDTH = 55;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Output for programs must not depend on the user's locale: Arabic digits in a version, a Turkish i in a
        // header.
        Locale.setDefault(Locale.ENGLISH);
        Terminal terminal = Terminal.detect(System.getenv());
        Screen screen =
                new Screen(writer(FileDescriptor.out, terminal), writer(FileDescriptor.err, terminal), terminal);
        Optional<EmbeddedServer> server =
                ServiceLoader.load(EmbeddedServer.class).findFirst();
        Invocation invocation = new Invocation(
                System.getenv(),
                screen,
                new Times(InstantSource.system(), ZoneId.systemDefault()),
                server,
                Interrupts.ofProcess(),
                Prompt.ofProcess());
        int code = run(invocation, arguments);
        HttpThreads.end();
        server.ifPresent(started -> started.ending(code));
        System.exit(code);
    }

    /** Runs one command and returns its exit code. */
    public static int run(Invocation invocation, String... given) {
        Screen screen = invocation.screen();
        List<String> arguments = HelpWord.resolve(List.of(given), PawlCommand.names());
        Failures failures = new Failures(screen, OutputFormat.in(arguments));
        if (PLAIN_SERVE.equals(arguments)) {
            return serve(invocation, failures);
        }
        CommandLine commands = PawlCommand.toParse(arguments, invocation)
                .setOut(screen.out())
                .setErr(screen.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        screen.terminal().coloured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setUsageHelpWidth(
                        Math.max(LEAST_HELP_WIDTH, Math.min(screen.terminal().width(), 120)))
                .setExpandAtFiles(false) // @ means a file's content in some values
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
        int code = commands.execute(arguments.toArray(String[]::new));
        return screen.isClosed() ? ExitCode.BROKEN_PIPE : code;
    }

    /** Starts a server without loading the parser when there is nothing to parse: loading takes a tenth of the server's start time. */
    private static int serve(Invocation invocation, Failures failures) {
        try {
            return new ServeCommand(invocation).call();
        } catch (RefusedException | InterruptedException | RuntimeException failure) {
            return failures.explain(failure, "pawl serve");
        }
    }

    private static PrintWriter writer(FileDescriptor stream, Terminal terminal) {
        return new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(new FileOutputStream(stream), terminal.charset())));
    }
}
