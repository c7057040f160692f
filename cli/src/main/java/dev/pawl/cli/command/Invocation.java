package dev.pawl.cli.command;

import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Times;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of a command's invocation.
 *
 * @param environment the process's environment variables
 * @param screen the screen to which it writes
 * @param times formats times
 * @param embedded starts a server in this process
 * @param interrupts notifies it that the user wants it to end
 * @param prompt asks the user
 */
public record Invocation(
        Map<String, String> environment,
        Screen screen,
        Times times,
        Optional<EmbeddedServer> embedded,
        Interrupts interrupts,
        Prompt prompt) {
    public Invocation {
        environment = Map.copyOf(environment);
    }
}
