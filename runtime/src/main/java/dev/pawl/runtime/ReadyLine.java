package dev.pawl.runtime;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The line that says that the server is ready; programs that start a server look for the URL in it. */
record ReadyLine(String version, Optional<URI> url, Path data) {

    void announce(PrintStream out) {
        out.println(this);
        out.flush();
    }

    @Override
    public String toString() {
        String where = url.map(there -> "at " + there).orElse("without HTTP");
        return "Pawl " + version + " is ready " + where + " (data in " + data + ")";
    }
}
