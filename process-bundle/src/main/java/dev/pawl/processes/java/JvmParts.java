package dev.pawl.processes.java;

import dev.pawl.processes.child.Children;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that the JVMs of all such modules share: the server's jars, and the archive of the classes in them, which a JVM of its own writes
 * once while the first tasks run without it. Safe for many threads.
 */
final class JvmParts {

    private static final Logger LOG = LoggerFactory.getLogger(JvmParts.class);
    private static final long MEMORY = 128L << 20;
    private static final long LONGEST_S = 120;

    private final BundleContext context;
    private final Children children;
    private @Nullable List<Path> jars;
    private @Nullable Path archive;

    JvmParts(BundleContext context, Children children) {
        this.context = context;
        this.children = children;
    }

    Children children() {
        return children;
    }

    /** The server's jars. */
    synchronized List<Path> jars() throws IOException {
        List<Path> known = jars;
        if (known == null) {
            known = ModuleClassPath.ofTheServer(context);
            jars = known;
        }
        return known;
    }

    /** The file of the archive, which may not be there; the first call has it made. */
    synchronized Path archive() throws IOException {
        Path known = archive;
        if (known == null) {
            known = place(jars());
            archive = known;
            if (!Files.exists(known)) {
                Path missing = known;
                Thread maker = new Thread(() -> make(missing), "pawl-process-archive");
                maker.setDaemon(true);
                maker.setContextClassLoader(null);
                maker.start();
            }
        }
        return known;
    }

    /** Its name says for which JVM and which jars it is. */
    private Path place(List<Path> of) throws IOException {
        StringBuilder text = new StringBuilder(Runtime.version().toString()).append(System.getProperty("java.home"));
        for (Path jar : of) {
            text.append(jar).append(Files.getLastModifiedTime(jar)).append(Files.size(jar));
        }
        File file = context.getDataFile(
                "child-" + UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8)) + ".jsa");
        if (file == null) {
            throw new IOException("The framework has no files.");
        }
        return file.toPath().toAbsolutePath();
    }

    private void make(Path wanted) {
        Path draft = wanted.resolveSibling(wanted.getFileName() + ".draft");
        try {
            Process process = new ProcessBuilder(
                            JvmCommand.of(jars(), MEMORY, List.of("-XX:ArchiveClassesAtExit=" + draft)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                process.getOutputStream().write(WARM_UP.getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
                boolean ended = process.waitFor(LONGEST_S, TimeUnit.SECONDS);
                if (ended && Files.exists(draft)) {
                    Files.move(draft, wanted, StandardCopyOption.ATOMIC_MOVE);
                    LOG.info("The archive of classes for modules in JVMs of their own is made.");
                }
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.info("The archive of classes for modules in JVMs of their own cannot be made: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A task for a module of the program's own, with the answer to its only question. */
    private static final String WARM_UP =
            "{\"type\":\"start\",\"next\":\"run\",\"class\":\"dev.pawl.scheduler.child.WarmUp\","
                    + "\"inputs\":{\"word\":\"warm\"},\"started_at\":\"2020-01-01T00:00:00Z\"}\n{\"type\":\"ack\",\"id\":\"1\"}\n";
}
