package dev.pawl.cli.command;

import dev.pawl.launch.StoreMigration;
import dev.pawl.launch.UpkeepWork;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Starts a server in this process. Found with {@link java.util.ServiceLoader}; there is none when the command was installed without the
 * server.
 */
public interface EmbeddedServer {

    /**
     * The effective settings from flags, environment, files and defaults: the framework properties of the server by name, such as {@code
     * pawl.data.dir} and {@code pawl.api.port}. Starts nothing and writes nothing.
     *
     * @param flags settings of the command line, by property name; they win over everything else
     * @throws RefusedException when a value is
     *         not acceptable
     */
    Map<String, String> settings(Map<String, String> flags) throws RefusedException;

    /**
     * Starts a server and returns when it answers requests.
     *
     * @throws RefusedException when it cannot start; nothing is left running then
     */
    Running start(Options options) throws RefusedException;

    /**
     * Does some upkeep of a store that no server has open.
     *
     * @param arguments the arguments by name, as the HTTP API takes them
     * @param flags settings of the command line, by property name; they win over everything else
     * @return the answer that the HTTP API would give: maps, lists, texts, numbers and booleans
     * @throws RefusedException when it cannot be done; the message is a sentence that names the server which has the store open
     */
    Map<String, Object> upkeep(UpkeepWork work, Map<String, String> arguments, Map<String, String> flags)
            throws RefusedException;

    /**
     * Moves all that a store keeps into an empty one: from the one in the data folder to the one that servers share, or back. No server may use
     * either. What was moved is not removed.
     *
     * @param direction which of the two is filled
     * @param address the address of the shared store, without a password
     * @param flags settings of the command line, by property name; they win over everything else
     * @param progress told how far it is
     * @return maps, lists, texts, numbers and booleans, as {@code pawl migrate -o json} shows them
     * @throws RefusedException when it cannot be done, with a sentence that says why; then nothing was moved
     */
    Map<String, Object> migrate(
            Direction direction, String address, Map<String, String> flags, StoreMigration.Progress progress)
            throws RefusedException;

    /** The direction of a migration. */
    enum Direction {
        TO_SHARED,
        FROM_SHARED
    }

    /**
     * Says what a start of this release would do with a data folder, whether or not a server has it open. Changes nothing.
     *
     * @param flags settings of the command line, by property name; they win over everything else
     * @return maps, lists, texts, numbers and booleans
     * @throws RefusedException when this user may not read the data folder, or a setting is wrong
     */
    Map<String, Object> upgrade(Map<String, String> flags) throws RefusedException;

    /**
     * Describes the jar of a module without a server.
     *
     * @return maps, lists, texts, numbers and booleans
     * @throws RefusedException when an installation would refuse it, with a sentence that says why
     */
    Map<String, Object> describe(Path jar) throws RefusedException;

    /**
     * Announces that the process is about to end with this code: from now on nothing that a module left behind may delay the end by more
     * than a moment.
     */
    default void ending(int exitCode) {}

    /**
     * The options for starting a server.
     *
     * @param flags settings of the command line, by property name; they win over everything else
     * @param console whether a shell has the terminal, to which the log is not written then
     * @param announced whether the line with the URL is printed when the server is ready; a temporary server is silent
     */
    record Options(Map<String, String> flags, boolean console, boolean announced) {
        public Options {
            flags = Map.copyOf(flags);
        }
    }

    /** A server that answers requests. Safe for many threads. */
    interface Running extends AutoCloseable {

        /** The base URL of the server. */
        URI url();

        /**
         * Waits until the server has stopped: closed, by a signal, or from its own shell.
         *
         * @param most the longest time to wait
         * @return whether it has stopped
         */
        boolean awaitStop(Duration most) throws InterruptedException;

        /** Stops it and waits until its jobs are parked and its store is closed; a second call does nothing. */
        @Override
        void close();
    }

    /** Thrown when the server cannot start; the message is a sentence for people. */
    final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int exitCode;

        /** @param exitCode 2 for a wrong setting, 1 for everything else */
        public RefusedException(String message, int exitCode) {
            super(message);
            this.exitCode = exitCode;
        }

        /** The exit code that the command ends with. */
        public int exitCode() {
            return exitCode;
        }
    }
}
