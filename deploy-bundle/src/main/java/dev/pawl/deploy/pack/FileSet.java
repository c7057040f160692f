package dev.pawl.deploy.pack;

import java.io.IOException;
import java.io.InputStream;
import java.util.NavigableSet;
import java.util.Set;

/** The files of a module, wherever they are: their names, with {@code /} between folders, and their contents. */
interface FileSet extends AutoCloseable {

    /** Folders and files that tools leave beside sources, and that no module needs. */
    Set<String> LEFT_OUT = Set.of(
            ".git",
            ".hg",
            ".svn",
            ".idea",
            ".vscode",
            ".venv",
            "venv",
            "__pycache__",
            ".pytest_cache",
            ".mypy_cache",
            ".ruff_cache",
            ".DS_Store");

    /** The names, in order. */
    NavigableSet<String> names();

    /** Opens a file. */
    InputStream open(String name) throws IOException;

    @Override
    void close() throws IOException;

    /** Whether a file of that name is packed. */
    static boolean isWanted(String name) {
        for (String part : name.split("/", -1)) {
            if (LEFT_OUT.contains(part)) {
                return false;
            }
        }
        return !name.endsWith(".pyc");
    }
}
