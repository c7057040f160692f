package dev.pawl.processes;

import dev.pawl.api.module.InitializationException;
import dev.pawl.base.file.FileTree;
import dev.pawl.process.Program;
import dev.pawl.process.RunningProgram;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual environments of Python modules, one for each list of packages and Python (ADR 112). One is made at the place where it stays,
 * since it cannot be moved, and counts when its file {@code complete} is there; what is unfinished is made anew. Safe for many threads, one at a time
 * of which makes one.
 */
final class PythonEnvironments {

    private static final Logger LOG = LoggerFactory.getLogger(PythonEnvironments.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Pattern PIP = Pattern.compile("pip (\\d+)\\.(\\d+).*");
    private static final Pattern PASSWORD = Pattern.compile("://[^/@\\s]+@");
    private static final int PIP_MAJOR = 22;
    private static final int PIP_MINOR = 3;

    private final Path folder;
    private final Path artifacts;
    private final PythonInterpreter python;
    private final PipSettings settings;
    private final InstantSource clock;
    private final Duration keptFor;
    private final ReentrantLock making = new ReentrantLock();
    private final Set<String> inUse = new HashSet<>();

    /**
     * Makes nothing yet.
     *
     * @param data the server's data folder
     * @param clock the clock of the file times
     * @param keptFor how long an environment stays that no module uses
     */
    PythonEnvironments(
            Path data, PythonInterpreter python, PipSettings settings, InstantSource clock, Duration keptFor) {
        this.folder = data.resolve("environments");
        this.artifacts = data.resolve("artifacts");
        this.python = python;
        this.settings = settings;
        this.clock = clock;
        this.keptFor = keptFor;
    }

    /** Makes the environment of the Python module in a jar, and removes those that none needs any more. */
    void prepare(Path jar) {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Path description = files.getPath("/" + ModuleDescription.ENTRY);
            if (Files.exists(description)
                    && ModuleDescription.of(Files.readString(description))
                            .runtime()
                            .isPython()) {
                interpreter(files.getPath("/module"));
                sweep();
            }
        } catch (InitializationException e) {
            throw new ProblemException(ProblemCode.ENVIRONMENT_FAILED, String.valueOf(e.getMessage()), e);
        } catch (IOException | UncheckedIOException | ProviderNotFoundException e) {
            throw new ProblemException(
                    ProblemCode.ENVIRONMENT_FAILED, "The module's packages cannot be prepared: " + e.getMessage(), e);
        }
    }

    /** The interpreter for the module in a folder: that of its environment, which is made when it is missing. */
    Path interpreter(Path module) {
        Requirements requirements = Requirements.of(module);
        Path base = python.path();
        if (requirements.isEmpty()) {
            return base;
        }
        String key = requirements.key(keyParts(base));
        Path environment = folder.resolve(key);
        making.lock();
        try {
            inUse.add(key);
            Path own = environment.resolve("env/bin/python");
            if (!Files.exists(environment.resolve("complete")) || !Files.isExecutable(own)) {
                make(requirements, base, environment);
            }
            return own;
        } catch (IOException e) {
            throw failed("it cannot be written: " + e.getMessage(), e);
        } finally {
            making.unlock();
        }
    }

    private List<String> keyParts(Path base) {
        return List.of(base.toString(), python.version(), settings.online() ? "online" : "offline");
    }

    private void make(Requirements requirements, Path base, Path environment) throws IOException {
        if (!settings.online()) {
            requirements.requireNoAddresses();
        }
        FileTree.delete(environment); // of a server that was killed
        Files.createDirectories(environment);
        boolean good = false;
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            requirements.write(environment);
            boolean outside = hasPip(base, environment, end);
            Path env = environment.resolve("env");
            run(
                    outside
                            ? List.of(base.toString(), "-I", "-m", "venv", "--without-pip", env.toString())
                            : List.of(base.toString(), "-I", "-m", "venv", env.toString()),
                    environment,
                    end,
                    "Python can make no environment; install its parts venv and pip (Debian: apt install python3-venv"
                            + " python3-pip)");
            Path own = env.resolve("bin/python");
            List<String> pip = new ArrayList<>(
                    outside
                            ? List.of(base.toString(), "-I", "-m", "pip", "--python", own.toString())
                            : List.of(own.toString(), "-I", "-m", "pip"));
            pip.addAll(List.of("install", "--no-input", "--disable-pip-version-check", "--no-warn-script-location"));
            pip.addAll(settings.options(environment.resolve("wheels")));
            pip.addAll(List.of("-r", "requirements.txt"));
            run(pip, environment, end, settings.advice());
            Path draft = Files.writeString(environment.resolve("complete.draft"), python.version() + "\n");
            Files.move(draft, environment.resolve("complete"), StandardCopyOption.ATOMIC_MOVE);
            good = true;
        } finally {
            if (!good) {
                FileTree.delete(environment);
            }
        }
    }

    /** Whether the interpreter's own pip can install into another environment. */
    private boolean hasPip(Path base, Path environment, long end) throws IOException {
        try {
            List<String> lines = run(List.of(base.toString(), "-I", "-m", "pip", "--version"), environment, end, "");
            return lines.stream().anyMatch(line -> {
                Matcher version = PIP.matcher(line);
                return version.matches()
                        && Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2))
                                >= PIP_MAJOR * 100 + PIP_MINOR;
            });
        } catch (ProblemException none) {
            return false;
        }
    }

    private List<String> run(List<String> command, Path place, long end, String advice) throws IOException {
        List<String> lines = new ArrayList<>();
        Program program = Program.of(Path.of(command.get(0)), command.subList(1, command.size()))
                .folder(place)
                .environment(settings.environment(System.getenv()));
        try (RunningProgram running = program.start("pawl-packages", (stream, line) -> {
            String shown = PASSWORD.matcher(line).replaceAll("://***@");
            LOG.info("pip: {}", shown);
            synchronized (lines) {
                lines.add(shown);
            }
        })) {
            while (!running.awaitExit(LOOK)) {
                if (System.nanoTime() > end) {
                    throw failed("it took longer than " + LONGEST.toMinutes() + " minutes. " + advice, null);
                }
            }
            List<String> said = awaited(lines, running);
            if (!running.exit().isSuccess()) {
                List<String> last = said.subList(Math.max(0, said.size() - 8), said.size());
                throw failed(String.join("\n", last) + (advice.isEmpty() ? "" : "\n" + advice), null);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("nobody waits for it any more", e);
        }
    }

    /** The output of the program, whose last lines come on another thread, a moment after its end. */
    private static List<String> awaited(List<String> lines, RunningProgram running) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        List<String> last = running.exit().lastLines();
        while (System.nanoTime() < end) {
            synchronized (lines) {
                if (lines.size() >= last.size() && !lines.isEmpty()) {
                    return List.copyOf(lines);
                }
            }
            running.awaitExit(LOOK);
            last = running.exit().lastLines();
        }
        return last;
    }

    private static ProblemException failed(String why, @Nullable Exception cause) {
        String sentence = "The packages of the module's requirements.txt cannot be installed: " + why;
        return cause == null
                ? new ProblemException(ProblemCode.ENVIRONMENT_FAILED, sentence)
                : new ProblemException(ProblemCode.ENVIRONMENT_FAILED, sentence, cause);
    }

    /** Removes environments that no kept version of a module needs, and unfinished ones. */
    private void sweep() {
        making.lock();
        try {
            Set<String> needed = new HashSet<>(inUse);
            needed.addAll(ofKeptVersions());
            long oldest = clock.millis() - keptFor.toMillis();
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
                for (Path environment : all) {
                    if (!needed.contains(String.valueOf(environment.getFileName()))
                            && Files.getLastModifiedTime(environment).toMillis() <= oldest) {
                        FileTree.delete(environment);
                        LOG.info("The environment {} of a Python module is removed; no version needs it.", environment);
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("Environments that are not needed stay until another one is made.", e);
        } finally {
            making.unlock();
        }
    }

    private Set<String> ofKeptVersions() throws IOException {
        Set<String> keys = new HashSet<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(artifacts)) {
            for (Path jar : jars) {
                try (FileSystem files = FileSystems.newFileSystem(jar)) {
                    if (Files.exists(files.getPath("/" + ModuleDescription.ENTRY))) {
                        keys.add(Requirements.of(files.getPath("/module")).key(keyParts(python.path())));
                    }
                } catch (IOException | ProviderNotFoundException | ProblemException unreadable) {
                    LOG.debug("{} is no bundle of a folder.", jar, unreadable);
                }
            }
        }
        return keys;
    }

    /**
     * The operator's rules for pip.
     *
     * @param online whether it may use an index
     * @param wheels a folder of wheels for all modules; null for none
     */
    record PipSettings(boolean online, @Nullable Path wheels) {

        private List<String> options(Path own) {
            List<String> options = new ArrayList<>(List.of("--find-links", own.toString()));
            if (wheels != null) {
                options.addAll(List.of("--find-links", wheels.toString()));
            }
            if (!online) {
                options.add("--no-index");
            }
            return options;
        }

        private String advice() {
            return online
                    ? "pip uses the index of its configuration and of the server's variables PIP_*."
                    : "PAWL_PIP is offline: packages come from the module's folder wheels and from PAWL_PIP_WHEELS ("
                            + (wheels == null ? "none" : wheels) + "); with PAWL_PIP=online from pip's index.";
        }

        /** The changes to the environment: pip's own variables where it may use the network, and none where it may not. */
        private Map<String, String> environment(Map<String, String> ofServer) {
            Map<String, String> environment = new HashMap<>();
            environment.put("PIP_NO_INPUT", "1");
            if (!online) {
                environment.put("PIP_CONFIG_FILE", "/dev/null");
                return environment;
            }
            ofServer.forEach((name, value) -> {
                if (name.startsWith("PIP_")
                        || name.toUpperCase(java.util.Locale.ROOT).endsWith("_PROXY")
                        || name.startsWith("SSL_CERT_")
                        || name.equals("REQUESTS_CA_BUNDLE")) {
                    environment.put(name, value);
                }
            });
            return environment;
        }
    }
}
