package dev.pawl.samples.backup;

import java.io.IOException;

/** One of the things that a task can do; its inputs are checked. */
interface Action {

    /** Does it. */
    void run() throws Exception;

    /** Removes what an unfinished run left. */
    void cleanUp() throws IOException;

    /** The beginning of the sentence about a failure. */
    String failure();
}
