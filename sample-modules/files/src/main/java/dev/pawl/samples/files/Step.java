package dev.pawl.samples.files;

import java.nio.file.Path;
import java.util.Map;

/**
 * One thing to do with a file, a link or a folder.
 *
 * @param action what
 * @param source with which
 * @param destination where to; the source itself when it is deleted
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
