package dev.pawl.samples.files;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step: an action on a file, a link or a folder.
 *
 * @param action the action
 * @param input the entry of the job that asks for it, such as {@code copy[0]}
 * @param source the file, link or folder
 * @param destination the destination; the source itself for a deletion
 * @param mode the permissions of the target; null for those of the source
 */
record Step(
        Action action,
        String input,
        Path source,
        Path destination,
        @Nullable Mode mode) {

    /** The kinds of steps. */
    enum Action {
        COPY("copy", "copied"),
        MOVE("move", "moved"),
        DELETE("delete", "deleted");

        private final String input;
        private final String done;

        Action(String input, String done) {
            this.input = input;
            this.done = done;
        }

        /** The name of the input that lists such steps. */
        String input() {
            return input;
        }

        /** The message when it is done. */
        String done() {
            return done;
        }
    }

    /** Whether it makes something of its source at another place. */
    boolean isTransfer() {
        return action != Action.DELETE;
    }

    /** The name of the source within a destination that is a folder. */
    Path inDestination() {
        return destination.resolve(
                Objects.requireNonNull(source.getFileName(), "the plan refuses a source without a name"));
    }

    /** The result that the job keeps when this step is done. */
    Map<String, Object> result(Path target) {
        return switch (action) {
            case COPY, MOVE ->
                Map.of("action", action.done(), "source", source.toString(), "destination", target.toString());
            case DELETE -> Map.of("action", action.done(), "source", source.toString());
        };
    }
}
