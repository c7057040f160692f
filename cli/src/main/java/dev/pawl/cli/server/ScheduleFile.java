package dev.pawl.cli.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.schedule.ScheduleSet;
import dev.pawl.cli.screen.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code schedules.yaml} in the data folder of a server: applied when the server has started, and when it has changed. Whatever is
 * wrong with it is said once. Used by one thread.
 */
final class ScheduleFile {
    private static final String NAME = "schedules.yaml";

    /** The first status that is not the fault of the request. */
    private static final int LEAST_FAILURE = 500;

    private final Path file;
    private final Connection server;
    private final Consumer<String> notes;
    private @Nullable Version applied;
    private @Nullable Version seen;
    private boolean isTold;

    /** The form of the file at a moment. */
    private record Version(long modified, long size) {}

    /** Opens a client of the server. */
    @FunctionalInterface
    interface Connection {

        /** Opens it. */
        Api open() throws UsageException;
    }

    /**
     * @param server opens a client of the server
     * @param notes takes sentences for the operator
     */
    ScheduleFile(Path folder, Connection server, Consumer<String> notes) {
        this.file = folder.resolve(NAME);
        this.server = server;
        this.notes = notes;
    }

    /** Applies the file as it is, if there is one. Called once the server has started. */
    void begin() {
        seen = version();
        look();
    }

    /** Applies the file if it is another than the one that was applied, and has not changed since the last look: it may be being written. */
    void look() {
        Version now = version();
        if (now != null && now.equals(seen) && !now.equals(applied)) {
            apply(now);
        }
        seen = now;
    }

    private @Nullable Version version() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime().toMillis(), attributes.size());
        } catch (IOException none) {
            return null;
        }
    }

    private void apply(Version now) {
        try {
            ObjectNode set = ScheduleSet.read(file.toString());
            String changes = ScheduleSet.summary(
                    server.open().post("/schedules/apply", set).json());
            done(now, changes.isEmpty() ? "" : "The schedules are as " + file + " says: " + changes + ".");
        } catch (UsageException refused) {
            done(now, refused.getMessage());
        } catch (ProblemAnswerException refused) {
            if (refused.status() < LEAST_FAILURE) {
                done(now, file + " is not applied: " + refused.getMessage());
            } else {
                again(refused);
            }
        } catch (NoServerException unreachable) {
            again(unreachable);
        }
    }

    private void done(Version version, @Nullable String said) {
        applied = version;
        isTold = false;
        if (said != null && !said.isEmpty()) {
            notes.accept(PlainText.oneLine(said));
        }
    }

    /** Leaves the file to the next look. */
    private void again(Exception failure) {
        if (!isTold) {
            isTold = true;
            notes.accept(PlainText.oneLine(file + " cannot be applied at present: " + failure.getMessage()));
        }
    }
}
