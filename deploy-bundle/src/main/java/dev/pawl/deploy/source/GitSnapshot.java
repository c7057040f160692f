package dev.pawl.deploy.source;

import dev.pawl.base.file.FileTree;
import dev.pawl.process.Program;
import dev.pawl.process.RunningProgram;
import dev.pawl.process.Tool;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a repository at one commit, fetched by the machine's git into a folder of its own, without history. Nothing is checked out, so
 * that no hook, filter or submodule of the repository takes part. The folder is deleted in the end.
 */
final class GitSnapshot implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GitSnapshot.class);
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final long LARGEST = 512L << 20;
    private static final String OWN_REF = "refs/heads/pawl";
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/@+-]{0,199}");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

    /** Variables of the server's environment by which git reaches other machines. */
    private static final List<String> PASSED_ON = List.of(
            "SSH_AUTH_SOCK",
            "HTTPS_PROXY",
            "https_proxy",
            "NO_PROXY",
            "no_proxy",
            "ALL_PROXY",
            "all_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "GIT_SSL_CAINFO",
            "XDG_CONFIG_HOME");

    private final Path git;
    private final Path folder;
    private final RepositoryAddress repository;

    private GitSnapshot(Path git, Path folder, RepositoryAddress repository) {
        this.git = git;
        this.folder = folder;
        this.repository = repository;
    }

    /**
     * Fetches one commit.
     *
     * @param ref a branch, a tag or a commit; null for the default branch
     * @param parent the folder in which a temporary one is made
     */
    static GitSnapshot fetch(RepositoryAddress repository, @Nullable String ref, Path parent) {
        String wanted = ref == null || ref.isBlank() ? "HEAD" : ref.strip();
        if (!REF.matcher(wanted).matches() || wanted.contains("..") || wanted.endsWith(".lock")) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "ref is \"" + wanted + "\"; it takes the name of a branch or tag, or a commit.");
        }
        Path git = Tool.onPath("git")
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.SOURCE_FAILED,
                        "The program git is not on the server's PATH; install it (Debian: apt install git)."));
        Path folder;
        try {
            Files.createDirectories(parent);
            folder = Files.createTempDirectory(parent, "git-");
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.SOURCE_FAILED, "No folder can be made in " + parent + ": " + e.getMessage(), e);
        }
        GitSnapshot snapshot = new GitSnapshot(git, folder, repository);
        boolean good = false;
        try {
            snapshot.run("make a folder", "init", "--quiet", "--bare", "--template=", ".");
            snapshot.run(
                    "fetch " + wanted + " of " + repository.text(),
                    "fetch",
                    "--quiet",
                    "--depth=1",
                    "--no-tags",
                    "--no-recurse-submodules",
                    "--no-write-commit-graph",
                    "--no-auto-maintenance",
                    "--",
                    repository.text(),
                    wanted);
            snapshot.run("read the commit", "update-ref", OWN_REF, "FETCH_HEAD^{commit}");
            good = true;
            return snapshot;
        } finally {
            if (!good) {
                snapshot.close();
            }
        }
    }

    /** The commit, as its hexadecimal digits. */
    String commit() {
        try {
            return Files.readString(folder.resolve(OWN_REF)).strip();
        } catch (IOException e) {
            throw failed("read the commit", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Writes the files of a folder of the repository as an archive.
     *
     * @param path the folder; null for all
     * @return the archive, which goes with this snapshot
     */
    Path archive(@Nullable String path) {
        String inner = path == null ? "" : path.strip();
        if (!inner.isEmpty() && (!PATH.matcher(inner).matches() || inner.contains(".."))) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "The folder in the repository is \"" + inner + "\"; it takes a path such as"
                            + " modules/hello, without dots in front.");
        }
        Path tar = folder.resolve("module.tar");
        run(
                "find the folder \"" + inner + "\" in " + repository.text(),
                "archive",
                "--format=tar",
                "--output=" + tar,
                OWN_REF + (inner.isEmpty() ? "" : ":" + inner));
        Path packed = folder.resolve("module.tar.gz");
        try (OutputStream file = Files.newOutputStream(packed);
                OutputStream out = new GZIPOutputStream(file)) {
            Files.copy(tar, out);
            Files.delete(tar);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.SOURCE_FAILED, "The files of the repository cannot be packed: " + e.getMessage(), e);
        }
        return packed;
    }

    /** The end in words; the last lines come on another thread. */
    private static String reason(RunningProgram running) throws InterruptedException {
        long end = System.nanoTime() + LOOK.toNanos();
        while (running.exit().lastLines().isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return running.exit().sentence();
    }

    /** Runs git with these arguments. */
    private void run(String what, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "-c",
                "core.hooksPath=/dev/null",
                "-c",
                "http.followRedirects=false",
                "-c",
                "submodule.recurse=false",
                "-c",
                "gc.auto=0",
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.attributesFile=/dev/null"));
        all.addAll(List.of(arguments));
        Program program = Program.of(git, all).folder(folder).environment(environment());
        try (RunningProgram running = program.start("pawl-source", (stream, line) -> LOG.debug("git: {}", line))) {
            long end = System.nanoTime() + LONGEST.toNanos();
            while (!running.awaitExit(LOOK)) {
                if (System.nanoTime() > end) {
                    throw failed(what, "it took longer than " + LONGEST.toMinutes() + " minutes");
                }
                if (size() > LARGEST) {
                    throw failed(what, "it has more than " + (LARGEST >> 20) + " MiB");
                }
            }
            if (!running.exit().isSuccess()) {
                throw failed(what, "it " + reason(running));
            }
        } catch (IOException e) {
            throw failed(what, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(what, "the server does not wait for it any more");
        }
    }

    private static ProblemException failed(String what, String why) {
        return new ProblemException(ProblemCode.SOURCE_FAILED, "git could not " + what + ": " + why);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        PASSED_ON.forEach(name -> {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        });
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_ALLOW_PROTOCOL", repository.protocol());
        environment.put("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=20");
        environment.put("GIT_ATTR_NOSYSTEM", "1");
        return environment;
    }

    private long size() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(GitSnapshot::sizeOf)
                    .sum();
        } catch (IOException | java.io.UncheckedIOException changing) {
            return 0; // git moves its files; the next look counts them
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            LOG.warn("The temporary folder {} stays: {}", folder, e.getMessage());
        }
    }
}
