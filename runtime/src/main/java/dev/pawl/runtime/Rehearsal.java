package dev.pawl.runtime;

import dev.pawl.cli.Main;
import dev.pawl.cli.command.EmbeddedServer.Options;
import dev.pawl.cli.command.Interrupts;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.Prompt;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Terminal;
import dev.pawl.cli.screen.Times;
import dev.pawl.runtime.archive.ClassArchive;
import dev.pawl.runtime.archive.LoadedClasses;
import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.settings.SettingSources;
import dev.pawl.runtime.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Does once what servers and commands do most, on a data folder of its own and with no settings of the operator, while the JVM notes the
 * classes that this takes. Run by {@code bin/write-class-archive}.
 */
public final class Rehearsal {

    private static final long LIMIT_MINUTES = 5;

    private static final List<List<String>> COMMANDS = List.of(
            List.of("run", "hello", "-i", "name=World"),
            List.of("jobs"),
            List.of("jobs", "-o", "json"),
            List.of("status"),
            List.of("module", "list"));

    private Rehearsal() {}

    /** Takes the data folder, the file for the stamp of the archives, and {@code server} or {@code commands}. */
    public static void main(String[] arguments) throws Exception {
        CompletableFuture.delayedExecutor(LIMIT_MINUTES, TimeUnit.MINUTES)
                .execute(() -> Runtime.getRuntime().halt(1));
        Locale.setDefault(Locale.ENGLISH);
        Distribution distribution = Distribution.find();
        Files.writeString(Path.of(arguments[1]), ClassArchive.fingerprint(distribution));
        LocalServer embedded = new LocalServer(distribution, Map.of());
        Map<String, String> flags =
                Map.of("pawl.data.dir", arguments[0], "pawl.api.host", "127.0.0.1", "pawl.api.port", "0");
        Settings settings = Settings.of(distribution, new SettingSources(flags, Map.of(), Map.of(), "", Map.of()));
        try (LocalServer.Handle running = embedded.start(settings, new Options(flags, false, true))) {
            if (arguments[2].equals("commands")) {
                for (List<String> command : COMMANDS) {
                    run(embedded, command, arguments[0]);
                }
            } else {
                ask(running.url());
            }
            LoadedClasses.link(running.server().framework().getBundleContext());
        }
        System.exit(0);
    }

    private static void run(LocalServer embedded, List<String> command, String data) {
        Terminal terminal = Terminal.detect(Map.of());
        Invocation invocation = new Invocation(
                Map.of(),
                new Screen(nowhere(), nowhere(), terminal),
                new Times(InstantSource.system(), ZoneOffset.UTC),
                Optional.of(embedded),
                Interrupts.ofProcess(),
                Prompt.ofProcess());
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--data-dir", data));
        Main.run(invocation, words.toArray(String[]::new));
    }

    /** Asks for the health over a bare connection: the classes of a client have no place in the server's archive. */
    private static void ask(URI url) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(("GET /status/health HTTP/1.1\r\nHost: " + url.getAuthority()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    private static PrintWriter nowhere() {
        return new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
