package dev.pawl.processes;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.Bundle;

/** The files that programs of modules use to speak with the server: the Python package, the program pawl-task, the file for JavaScript. */
final class ShimFiles {

    private final ModuleFiles files;

    ShimFiles(Bundle own) {
        this.files = new ModuleFiles(own, "shims");
    }

    /** The folder for Python's path. */
    Path python() throws IOException {
        return files.folder().resolve("python");
    }

    /** The folder for the PATH of programs. */
    Path programs() throws IOException {
        return files.folder().resolve("bin");
    }

    /** The folder that NODE_PATH names. */
    Path javaScript() throws IOException {
        return files.folder().resolve("node");
    }
}
