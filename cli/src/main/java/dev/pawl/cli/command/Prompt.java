package dev.pawl.cli.command;

import dev.pawl.cli.screen.Terminal;
import java.util.Optional;

/** Asks the person at the terminal. There is nobody to ask when the input is a pipe. */
public interface Prompt {

    /** Whether there is a person to ask. */
    boolean isPossible();

    /** The answer to a question, without spaces around it; empty when there is nobody to ask. */
    Optional<String> ask(String question);

    /** The answer to a question, not shown while it is typed; empty when there is nobody to ask. */
    Optional<String> askSecretly(String question);

    /** Asks on the terminal of this process. */
    static Prompt ofProcess() {
        return new Prompt() {
            @Override
            public boolean isPossible() {
                return Terminal.console().isPresent();
            }

            @Override
            public Optional<String> ask(String question) {
                return Terminal.console()
                        .map(console -> console.readLine("%s ", question))
                        .map(String::strip);
            }

            @Override
            public Optional<String> askSecretly(String question) {
                return Terminal.console()
                        .map(console -> console.readPassword("%s ", question))
                        .map(String::new)
                        .map(String::strip);
            }
        };
    }
}
