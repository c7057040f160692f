package dev.pawl.process;

/** A reader of a program's output, line by line. {@link Program#run} calls it on the task's thread. */
@FunctionalInterface
public interface ProgramOutput {

    /** The stream from which a line came. */
    enum Source {
        /** Standard output. */
        OUT,
        /** Standard error. */
        ERR
    }

    /** Takes a line, without its end. Carriage returns end a line, too; one of more than 64 KiB is cut. */
    void line(Source source, String line);

    /** Called when no line has come for a moment, several times a second. */
    default void idle() {}

    /**
     * An output that keeps everything.
     *
     * @param mostCharacters the limit for each stream; the rest is dropped
     */
    static Captured capture(int mostCharacters) {
        return new Captured(mostCharacters);
    }

    /** The whole output of a program that writes little. */
    final class Captured implements ProgramOutput {

        private final int mostCharacters;
        private final StringBuilder out = new StringBuilder();
        private final StringBuilder err = new StringBuilder();

        private Captured(int mostCharacters) {
            this.mostCharacters = mostCharacters;
        }

        @Override
        public void line(Source source, String line) {
            StringBuilder text = source == Source.OUT ? out : err;
            int room = mostCharacters - text.length();
            if (room > 0) {
                text.append(line, 0, Math.min(room, line.length())).append('\n');
            }
        }

        /** The text that it wrote to standard output. */
        public String out() {
            return out.toString();
        }

        /** The text that it wrote to standard error. */
        public String err() {
            return err.toString();
        }
    }
}
