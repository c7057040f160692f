package dev.pawl.scheduler.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The places of the server itself: the data folder, the folder of work folders, the files of keys, the modules folder, the database, the distribution, the Java that runs it, and the
 * targets of their links. Code that could write there could become the server.
 */
public final class ReservedPlaces {

    /** File systems of the kernel, by which the files and the memory of every process can be reached. */
    private static final List<Path> KERNEL = List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

    /** Depth to which the distribution is searched for links: its folders and their entries. */
    private static final int DEPTH = 2;

    private final List<Path> folders;
    private final List<Path> unsearched;
    private final Path database;

    /**
     * Names the places.
     *
     * @param folders folders and files, there or not
     * @param database the file of the store, which has others of its name beside it
     */
    public ReservedPlaces(List<Path> folders, Path database) {
        this(folders, List.of(), database);
    }

    private ReservedPlaces(List<Path> folders, List<Path> unsearched, Path database) {
        this.folders = List.copyOf(folders);
        this.unsearched = List.copyOf(unsearched);
        this.database = database;
    }

    /** The places that the properties of the framework and the environment name. */
    public static ReservedPlaces of(
            Path data, Function<String, @Nullable String> properties, Function<String, @Nullable String> environment) {
        List<Path> unsearched = new ArrayList<>(KERNEL);
        add(unsearched, properties.apply("pawl.work.dir")); // links in it are the modules' own
        List<Path> folders = new ArrayList<>();
        folders.add(data);
        add(folders, properties.apply("pawl.home"));
        add(folders, properties.apply("pawl.modules.dir"));
        add(folders, properties.apply("pawl.trusted.keys"));
        add(folders, properties.apply("pawl.secret.key.file"));
        add(folders, properties.apply("pawl.callback.key.file"));
        add(folders, environment.apply("PAWL_ENV_FILE"));
        add(folders, System.getProperty("java.home"));
        String database = properties.apply("pawl.db.path");
        return new ReservedPlaces(folders, unsearched, database == null ? data.resolve("pawl.db") : Path.of(database));
    }

    /** The real paths of the places now, since links may come and go. */
    Reserved look() {
        Set<Path> real = new LinkedHashSet<>();
        unsearched.forEach(folder -> real.add(realOrSame(folder)));
        for (Path folder : folders) {
            real.add(realOrSame(folder));
            links(folder).forEach(link -> real.add(realOrSame(link)));
        }
        return new Reserved(List.copyOf(real), realOrSame(database));
    }

    private static List<Path> links(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            return all.filter(Files::isSymbolicLink).toList();
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return List.of(); // a folder that the server cannot list holds no links of the server
        }
    }

    private static Path realOrSame(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.toAbsolutePath().normalize();
        }
    }

    private static void add(List<Path> folders, @Nullable String path) {
        if (path != null && !path.isBlank()) {
            folders.add(Path.of(path));
        }
    }
}
