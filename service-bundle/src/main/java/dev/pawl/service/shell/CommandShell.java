package dev.pawl.service.shell;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs command lines of the server's shell for a caller with the role admin. Each line is on its own: variables do not outlive it. Safe
 * for many threads; the caller's thread runs the command and is blocked as long as it takes.
 */
@ProviderType
public interface CommandShell {

    /** The longest command line, in characters. */
    int MOST_CHARACTERS = 10_000;

    /**
     * Runs a line. A command that fails is an answer, not an exception.
     *
     * @throws dev.pawl.service.problem.ProblemException when the line is longer than {@link #MOST_CHARACTERS}
     */
    ShellAnswer run(String line);

    /** The words that may stand at the end of a line in place of its last word; none when nobody knows. */
    List<ShellWord> complete(String line);
}
