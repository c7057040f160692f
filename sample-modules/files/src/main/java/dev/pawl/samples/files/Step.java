package dev.pawl.samples.files;

import java.nio.file.Path;
import java.util.Map;

/**
 * A step: an action on a file, a link or a folder.
 *
 * @param action the action
 * @param source the file, link or folder
 * @param destination the destination; the source itself for a deletion
 */
record Step(Action action, Path source, Path destination) {

    /** The kinds of steps, in the order in which they are done: nothing is deleted before everything is copied. */
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

    /** The result that the job keeps when this step is done. */
    Map<String, Object> result(Path target) {
        return switch (action) {
            case COPY, MOVE ->
                Map.of("action", action.done(), "source", source.toString(), "destination", target.toString());
            case DELETE -> Map.of("action", action.done(), "source", source.toString());
        };
    }
}
