package dev.pawl.http.event;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The way to a client. Blocks nobody. */
interface Outlet {

    /**
     * Writes a text.
     *
     * @param last whether nothing follows
     * @param written told when the client has taken it, or cannot
     */
    void write(boolean last, ByteBuffer text, Callback written);

    /** Whether the client has hung up, as far as that can be seen without writing. */
    boolean isGone();

    /** Ends the connection, so that what is being written fails; false when it carries other answers too, and stays. */
    boolean disconnect();

    /** Called once, when nothing is written any more; with what has failed, or null. */
    void ended(@Nullable Throwable cause);
}
