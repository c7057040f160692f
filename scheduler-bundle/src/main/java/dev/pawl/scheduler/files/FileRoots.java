package dev.pawl.scheduler.files;

import dev.pawl.api.module.TaskFiles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file roots of modules: those for all modules, or in their place those that a module's setting {@value #SETTING} names. That setting
 * is no field of a module, so that a job cannot override it. Safe for many threads.
 */
public final class FileRoots {

    /** Name of the setting with the folders whose files a module's tasks may reach, separated as in PATH. */
    public static final String SETTING = "pawl.roots";

    private static final Logger LOG = LoggerFactory.getLogger(FileRoots.class);

    private final List<Path> general;
    private final ReservedPlaces reserved;
    private final Function<String, Map<String, Object>> configured;

    /**
     * Takes the roots of all modules.
     *
     * @param general the roots of modules that have none of their own
     * @param reserved places to which no root leads
     * @param configured the settings of a module
     */
    public FileRoots(List<Path> general, ReservedPlaces reserved, Function<String, Map<String, Object>> configured) {
        this.general = List.copyOf(general);
        this.reserved = reserved;
        this.configured = configured;
        for (Path root : general) {
            if (!Files.isDirectory(root)) {
                LOG.warn("PAWL_FILE_ROOTS names {}, which is no folder at present.", root);
            }
        }
    }

    /**
     * The files that a task of the module may reach, by the settings and links at this moment.
     *
     * @param outputs what the tasks of the run have declared
     * @param task the task's index
     */
    public TaskFiles of(String module, DeclaredOutputs outputs, int task) {
        return new RootedFiles(module, roots(module), reserved.look(), outputs, task);
    }

    private List<Path> roots(String module) {
        Object own = configured.apply(module).get(SETTING);
        return own == null ? general : parse(own.toString()).orElse(List.of());
    }

    /** Reads absolute folders from a text that separates them as PATH does; empty when one is no absolute path. */
    public static Optional<List<Path>> parse(String text) {
        List<Path> roots = new ArrayList<>();
        for (String each : text.split(Pattern.quote(File.pathSeparator), -1)) {
            if (each.isBlank()) {
                continue;
            }
            try {
                Path root = Path.of(each.strip());
                if (!root.isAbsolute()) {
                    return Optional.empty();
                }
                roots.add(root.normalize());
            } catch (InvalidPathException malformed) {
                return Optional.empty();
            }
        }
        return Optional.of(roots);
    }
}
