package dev.pawl.testkit;

/**
 * An event that a harness makes happen during a run.
 *
 * @param kind the event
 * @param place the call of the module at which it happens
 * @param number the number of that call in the run, from 1
 */
record Interruption(Kind kind, Place place, int number) {

    /** No event. */
    static final Interruption NONE = new Interruption(Kind.KILL, Place.RESULT, Integer.MAX_VALUE);

    /** The kinds of events. */
    enum Kind {
        /** The process dies, once the call is done. */
        KILL,
        /** The server is stopped, or the module updated: the run parks at this checkpoint. */
        PAUSE,
        /** An operator stops the job. */
        STOP
    }

    /** The calls of a module that end one step and begin the next. */
    enum Place {
        RESULT("result"),
        CHECKPOINT("checkpoint");

        private final String word;

        Place(String word) {
            this.word = word;
        }
    }

    boolean is(Kind wanted, Place at, int reached) {
        return kind == wanted && place == at && reached >= number;
    }

    /** The event in words that follow "the job was", such as {@code killed after result 3}. */
    String words() {
        return switch (kind) {
                    case KILL -> "killed after ";
                    case PAUSE -> "paused at ";
                    case STOP -> "stopped at ";
                }
                + place.word + " " + number;
    }
}
