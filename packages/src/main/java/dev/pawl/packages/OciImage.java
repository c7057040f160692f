package dev.pawl.packages;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes the OCI image of the distribution, layer by layer from what changes least: the base, Java, libraries, Pawl. */
final class OciImage {

    private static final String HOME = "/opt/pawl";
    private static final String DATA = "/var/lib/pawl";
    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");

    /** Its settings, in one order always; whoever runs it adds to them or replaces them. */
    private static final Map<String, String> ENVIRONMENT = new TreeMap<>(Map.of(
            "PATH",
            HOME + "/bin:/usr/bin:/bin",
            "HOME",
            DATA,
            "LC_ALL",
            "C.UTF-8",
            "XDG_CACHE_HOME",
            DATA + "/cache",
            "PAWL_DATA_DIR",
            DATA + "/data", // below the volume, whose own folder belongs to whoever mounts it
            "PAWL_API_HOST",
            "0.0.0.0", // nobody reaches a container's loopback; its ports are published by whoever runs it
            "PAWL_HEALTH_PORT",
            "8421"));

    private final Path distribution;
    private final Path java;
    private final Instant time;

    private OciImage(Path distribution, Path java, Instant time) {
        this.distribution = distribution;
        this.java = java;
        this.time = time;
    }

    /**
     * Makes it.
     *
     * @param arguments the base as a tar file, the distribution, its Java, the version, the time of all files, and the tar file to make
     */
    public static void main(String[] arguments) throws Exception {
        new OciImage(Path.of(arguments[1]), Path.of(arguments[2]), Instant.parse(arguments[4]))
                .write(Path.of(arguments[0]), arguments[3], Path.of(arguments[5]));
    }

    private void write(Path base, String version, Path file)
            throws IOException, InterruptedException, ExecutionException, RegistryException,
                    CacheDirectoryCreationException, InvalidImageReferenceException {
        Path cache = Files.createTempDirectory("pawl-image");
        Jib.from(TarImage.at(base))
                .addFileEntriesLayer(layer("java", java, HOME + "/jre", name -> true))
                .addFileEntriesLayer(layer("libraries", distribution, HOME, OciImage::isLibrary))
                .addFileEntriesLayer(layer("pawl", distribution, HOME, name -> !isLibrary(name)))
                .setEntrypoint(HOME + "/bin/pawl")
                .setProgramArguments("serve")
                .setEnvironment(ENVIRONMENT)
                .setUser("10001:10001")
                .setWorkingDirectory(AbsoluteUnixPath.get(DATA))
                .setVolumes(Set.of(AbsoluteUnixPath.get(DATA)))
                .setExposedPorts(Port.tcp(8420), Port.tcp(8421))
                .addLabel("org.opencontainers.image.title", "Pawl")
                .addLabel("org.opencontainers.image.version", version)
                .addLabel("org.opencontainers.image.licenses", "Apache-2.0")
                .setCreationTime(time)
                .setFormat(ImageFormat.OCI)
                .containerize(Containerizer.to(TarImage.at(file).named("pawl:" + version))
                        .setBaseImageLayersCache(cache.resolve("base"))
                        .setApplicationLayersCache(cache.resolve("layers"))
                        .setToolName("pawl")
                        .setOfflineMode(true));
        delete(cache);
    }

    /** Whether a file of the distribution comes from others, and changes when they do. */
    private static boolean isLibrary(String name) {
        return name.endsWith(".jar") && !name.contains("-SNAPSHOT") && !name.startsWith("lib/repository/dev/pawl/");
    }

    private FileEntriesLayer layer(String name, Path from, String to, Predicate<String> wanted) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (Path file : files(from)) {
            String relative = from.relativize(file).toString();
            if (wanted.test(relative) && !relative.startsWith("cache/")) {
                FilePermissions permissions =
                        Files.isExecutable(file) ? PROGRAM : FilePermissions.DEFAULT_FILE_PERMISSIONS;
                layer.addEntry(file, AbsoluteUnixPath.get(to + "/" + relative), permissions, time);
            }
        }
        return layer.build();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
