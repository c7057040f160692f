package dev.pawl.cli;

import dev.pawl.cli.command.EmbeddedServer;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.Prompt;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Terminal;
import dev.pawl.cli.screen.Times;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The command, run in this process as a user would run it. */
public final class Pawl {
    /** The current time in every run. */
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<String, String> environment = new HashMap<>();
    private Terminal terminal = new Terminal(false, false, 80, StandardCharsets.UTF_8);
    private Optional<EmbeddedServer> embedded = Optional.empty();
    private final AtomicReference<Runnable> onInterrupt = new AtomicReference<>();

    private Prompt prompt = answering(null);

    /** The outcome of a command. */
    public record Outcome(int code, String out, String err) {
        public List<String> lines() {
            return out.lines().toList();
        }
    }

    /** Creates the command with a data folder, and without a server. */
    Pawl(Path dataDir) {
        environment.put("PAWL_DATA_DIR", dataDir.toString());
        environment.put("PAWL_API_PORT", "1"); // nothing listens there
        environment.put("XDG_CONFIG_HOME", dataDir.resolve("config").toString());
    }

    /** Creates the command with a data folder, and without a server. */
    public static Pawl alone(Path dataDir) {
        return new Pawl(dataDir);
    }

    /** Creates the command with a server. */
    public static Pawl of(FakeServer server, Path dataDir) {
        return new Pawl(dataDir).with("PAWL_URL", server.url().toString());
    }

    public Pawl with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Pawl without(String variable) {
        environment.remove(variable);
        return this;
    }

    Pawl with(EmbeddedServer server) {
        embedded = Optional.of(server);
        return this;
    }

    /** Answers every question with this text. */
    public Pawl answeringWith(String text) {
        prompt = answering(text);
        return this;
    }

    private static Prompt answering(String text) {
        return new Prompt() {
            @Override
            public boolean isPossible() {
                return text != null;
            }

            @Override
            public Optional<String> ask(String question) {
                return Optional.ofNullable(text);
            }

            @Override
            public Optional<String> askSecretly(String question) {
                return Optional.ofNullable(text);
            }
        };
    }

    /** Runs the command on a terminal with that number of columns. */
    Pawl onTerminal(int width) {
        terminal = new Terminal(true, true, width, StandardCharsets.UTF_8);
        return this;
    }

    /** Runs the command in a pipe with that number of columns. */
    Pawl onPipe(int width) {
        terminal = new Terminal(false, false, width, StandardCharsets.UTF_8);
        return this;
    }

    /** Interrupts the command as Ctrl-C does; returns {@code false} if it does not handle that. */
    public boolean interrupt() {
        Runnable action = onInterrupt.get();
        if (action != null) {
            action.run();
        }
        return action != null;
    }

    public Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(invocation(out, err), arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** The environment of a run. */
    Invocation invocation(StringWriter out, StringWriter err) {
        return new Invocation(
                environment,
                new Screen(new PrintWriter(out), new PrintWriter(err), terminal),
                new Times(() -> NOW, ZoneOffset.UTC),
                embedded,
                action -> {
                    onInterrupt.set(action);
                    return () -> onInterrupt.set(null);
                },
                prompt);
    }
}
