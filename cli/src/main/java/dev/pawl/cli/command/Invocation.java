package dev.pawl.cli.command;

import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Times;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it.
 *
 * @param environment the process's environment variables
 * @param screen where it writes
 * @param times how it writes times
 * @param embedded what can start a server in this process
 * @param interrupts what tells it that the user wants it to end
 */
public record Invocation(
        Map<String, String> environment,
        Screen screen,
        Times times,
        Optional<EmbeddedServer> embedded,
        Interrupts interrupts) {
    public Invocation {
        environment = Map.copyOf(environment);
    }
}
