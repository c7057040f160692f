package dev.pawl.scheduler.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The variables and files that the secret values of a job may refer to. Whoever starts a job chooses its values, and a module may show what it gets: so a job reaches
 * no variable and no file of the server that its operator has not named.
 *
 * @param variables names of variables of the server's environment; one that ends with {@code *} stands for all that begin so
 * @param folders the folders whose files may be referred to
 */
public record ReferenceBounds(List<String> variables, List<Path> folders) {

    /** Nothing: values of jobs that look like references are ordinary texts. */
    public static final ReferenceBounds NOTHING = new ReferenceBounds(List.of(), List.of());

    public ReferenceBounds {
        variables = List.copyOf(variables);
        folders = List.copyOf(folders);
    }

    /** Reads the names of variables, separated by commas. */
    public static ReferenceBounds of(String names, List<Path> folders) {
        return new ReferenceBounds(
                Stream.of(names.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList(),
                folders);
    }

    boolean isNothing() {
        return variables.isEmpty() && folders.isEmpty();
    }

    boolean allowsVariable(String name) {
        return variables.stream()
                .anyMatch(allowed -> allowed.endsWith("*")
                        ? name.startsWith(allowed.substring(0, allowed.length() - 1))
                        : name.equals(allowed));
    }

    /** Whether the file lies in one of the folders, after all links have been followed. */
    boolean allowsFile(Path file) {
        try {
            Path real = file.toRealPath();
            for (Path folder : folders) {
                if (real.startsWith(folder.toRealPath())) {
                    return true;
                }
            }
        } catch (IOException missing) {
            return false; // not said: it would tell which files there are
        }
        return false;
    }
}
