package dev.pawl.cli.server;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.client.ServerAddress;
import dev.pawl.cli.command.EmbeddedServer;
import dev.pawl.cli.command.EmbeddedServer.Options;
import dev.pawl.cli.command.EmbeddedServer.RefusedException;
import dev.pawl.cli.command.EmbeddedServer.Running;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.ServerSettings;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.shell.ShellSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server in this process until it is stopped. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the server until Ctrl-C or SIGTERM.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl serve", "  pawl serve --port 9000 --data-dir ./data --console"})
public final class ServeCommand implements Callable<Integer> {
    /** How often the file of schedules is looked at. */
    private static final Duration FILE_CHECK = Duration.ofSeconds(5);

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen on. Default: PAWL_API_HOST, else 127.0.0.1.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on, 0 for any free one. Default: PAWL_API_PORT, else 8420.")
    private @Nullable Integer port;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "The folder for all data. Default: PAWL_DATA_DIR, else ~/.pawl.")
    private @Nullable Path dataDir;

    @Option(
            names = "--console",
            description = "Opens the shell on this terminal, in the place of the log; its end stops the server.")
    private boolean console;

    private final Invocation invocation;

    public ServeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws RefusedException, InterruptedException {
        EmbeddedServer embedded = invocation
                .embedded()
                .orElseThrow(
                        () -> new RefusedException("This command was installed without the server.", ExitCode.FAILED));
        Map<String, String> flags = new HashMap<>();
        if (host != null) {
            flags.put(ServerSettings.API_HOST, host);
        }
        if (port != null) {
            flags.put(ServerSettings.API_PORT, port.toString());
        }
        if (dataDir != null) {
            flags.put(
                    ServerSettings.DATA_DIR,
                    dataDir.toAbsolutePath().normalize().toString());
        }
        boolean shell = console && invocation.prompt().isPossible();
        if (console && !shell) {
            invocation.screen().note("There is no terminal, so no console opens.");
        }
        try (Running running = embedded.start(new Options(flags, shell, true))) {
            Path folder = ServerSettings.of(invocation, flags).dataDir();
            if (shell) {
                open(running, folder);
            }
            ScheduleFile schedules =
                    new ScheduleFile(folder, () -> new Api(address(running, folder)), invocation.screen()::note);
            schedules.begin();
            while (!running.awaitStop(FILE_CHECK)) {
                schedules.look();
            }
        }
        return ExitCode.OK;
    }

    private ServerAddress address(Running running, Path folder) throws UsageException {
        return ServerOptions.trusted(ServerOptions.started(running.url(), folder), invocation);
    }

    /** Opens the shell on a thread of its own, so that a signal ends the server even while the shell waits for a line. */
    private void open(Running running, Path folder) throws RefusedException {
        ServerAddress address;
        try {
            address = address(running, folder);
        } catch (UsageException wrong) {
            throw new RefusedException(String.valueOf(wrong.getMessage()), ExitCode.USAGE);
        }
        Thread thread = new Thread(() -> type(running, address), "pawl-console");
        thread.setDaemon(true);
        thread.start();
    }

    private void type(Running running, ServerAddress address) {
        try {
            new ShellSession(new Api(address), invocation, new OutputOption()).run("`exit` stops the server.");
        } catch (NoServerException | ProblemAnswerException | IOException failed) {
            invocation
                    .screen()
                    .note("The console ends: " + PlainText.oneLine(String.valueOf(failed.getMessage()))
                            + " The server stops.");
        } finally {
            running.close();
        }
    }
}
