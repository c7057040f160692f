package dev.pawl.processes;

import dev.pawl.api.module.InitializationException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The newest Python on the PATH, found at its first use. The program of that name may be the script of a version manager, which takes longer
 * than Python itself, so the interpreter is asked for its own path. Safe for many threads.
 */
final class PythonInterpreter {

    private static final int NEWEST = 14;
    private static final int OLDEST = 9;
    private static final long LONGEST_S = 20;
    private static final String QUESTION =
            "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable); print(sys.version.split()[0])";

    private @Nullable Found found;

    private record Found(Path path, String version) {}

    /** The interpreter's own file. */
    Path path() {
        return known().path();
    }

    /** Its version, such as 3.11.7. */
    String version() {
        return known().version();
    }

    private synchronized Found known() {
        Found known = found;
        if (known == null || !Files.isExecutable(known.path())) {
            known = find();
            found = known;
        }
        return known;
    }

    private static Found find() {
        List<String> names = new ArrayList<>();
        for (int minor = NEWEST; minor >= OLDEST; minor--) {
            names.add("python3." + minor);
        }
        names.add("python3");
        for (String name : names) {
            for (String folder :
                    Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1)) {
                Path candidate = Path.of(folder, name);
                if (folder.startsWith(File.separator) && Files.isExecutable(candidate)) {
                    Found answer = ask(candidate);
                    if (answer != null) {
                        return answer;
                    }
                }
            }
        }
        throw new InitializationException(
                "No Python of version 3.9 or newer is on the server's PATH; install one (Debian: apt install python3).");
    }

    /** Its own path; null when it does not answer, or is too old. */
    private static @Nullable Found ask(Path candidate) {
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(candidate.toString(), "-I", "-c", QUESTION);
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            process = builder.start();
        } catch (IOException e) {
            return null;
        }
        try {
            if (!process.waitFor(LONGEST_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return null;
            }
            List<String> answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            boolean fits = answer.size() == 3
                    && answer.get(0).startsWith("3.")
                    && Integer.parseInt(answer.get(0).substring(2)) >= OLDEST;
            return fits ? new Found(Path.of(answer.get(1)), answer.get(2)) : null;
        } catch (IOException | NumberFormatException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            process.destroyForcibly();
        }
    }
}
