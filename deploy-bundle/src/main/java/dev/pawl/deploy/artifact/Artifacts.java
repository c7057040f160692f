package dev.pawl.deploy.artifact;

import dev.pawl.base.file.DurableFile;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every jar that is or was installed, immutable, under its digest: {@code <folder>/<sha256>.jar}. A jar appears there complete or not
 * at all.
 */
public final class Artifacts {

    /** The size limit of a jar. */
    static final long LARGEST_BYTES = 256L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Artifacts.class);
    private static final String SUFFIX = ".jar";
    private static final String STAGED_PREFIX = ".staged-";
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path folder;
    /** The copies that are being examined, with their digests once known; other files with such a name were left by a process that died. */
    private final Map<Path, String> staged = new ConcurrentHashMap<>();

    public Artifacts(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unavailable("The folder " + folder + " cannot be created", e);
        }
    }

    /** Copies a jar, so that later changes to the original do not matter. */
    public StagedJar stage(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new ProblemException(ProblemCode.NOT_A_BUNDLE, "The file " + jar + " does not exist.");
        }
        Path copy = folder.resolve(temporaryName());
        staged.put(copy, "");
        boolean complete = false;
        try (InputStream in = open(jar);
                OutputStream out = Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW)) {
            String sha256 = digest(in, out, jar);
            staged.put(copy, sha256);
            complete = true;
            return new StagedJar(copy, sha256);
        } catch (IOException e) {
            throw unavailable("The jar " + jar + " cannot be copied to " + folder, e);
        } finally {
            if (!complete) {
                staged.remove(copy);
                delete(copy);
            }
        }
    }

    /** Makes a staged jar an artifact; it is on disk when this returns. Does nothing when it exists already. */
    public void keep(StagedJar kept) {
        if (!Files.exists(kept.file()) && has(kept.sha256())) {
            return;
        }
        try {
            DurableFile.force(kept.file());
            Files.move(kept.file(), path(kept.sha256()), StandardCopyOption.ATOMIC_MOVE);
            DurableFile.forceNames(folder);
        } catch (IOException e) {
            throw unavailable("The jar cannot be kept in " + folder, e);
        }
    }

    /** Deletes a staged jar unless it became an artifact. */
    public void discard(StagedJar discarded) {
        staged.remove(discarded.file());
        delete(discarded.file());
    }

    /** The name of a temporary file beside the artifacts; the next start's {@link #retain} deletes it at the latest. */
    static String temporaryName() {
        return STAGED_PREFIX + UUID.randomUUID() + SUFFIX;
    }

    /** A name for a temporary file beside the artifacts, which {@link #release} deletes, or the next start. */
    public Path temporaryFile() {
        Path file = folder.resolve(temporaryName());
        staged.put(file, "");
        return file;
    }

    /** Deletes a temporary file; harmless when there is none. */
    public void release(Path temporary) {
        staged.remove(temporary);
        delete(temporary);
    }

    /** Whether an artifact exists. */
    public boolean has(String sha256) {
        return Files.isRegularFile(path(sha256));
    }

    /** Whether an artifact exists and is unchanged. */
    public boolean isWhole(String sha256) {
        try {
            check(sha256);
            return true;
        } catch (ProblemException e) {
            return false; // callers that need the reason use verify
        }
    }

    /** Throws when an artifact is missing or damaged. */
    void check(String sha256) {
        Path artifact = path(sha256);
        try {
            String found = digest(artifact);
            if (!found.equals(sha256)) {
                throw new ProblemException(
                        ProblemCode.ARTIFACT_LOST,
                        "The artifact " + artifact + " is damaged: its digest is " + found + ".");
            }
        } catch (NoSuchFileException e) {
            throw new ProblemException(ProblemCode.ARTIFACT_LOST, "The artifact " + artifact + " does not exist.", e);
        } catch (IOException e) {
            throw unreadable(artifact, e);
        }
    }

    /** Opens an artifact for installation; throws when it is missing or damaged. */
    public InputStream open(String sha256) {
        check(sha256);
        try {
            return Files.newInputStream(path(sha256));
        } catch (IOException e) {
            throw unreadable(path(sha256), e);
        }
    }

    /** Deletes all artifacts except these, and staged copies that a process left when it died. */
    public void retain(Set<String> sha256s) {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        } catch (IOException e) {
            throw unavailable("The folder " + folder + " cannot be read", e);
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            String digest = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
            boolean judged = staged.containsValue(digest) || (name.startsWith(STAGED_PREFIX) && !staged.isEmpty());
            boolean stays = sha256s.contains(digest) || judged;
            if (!stays) {
                delete(file);
            }
        }
    }

    /** The digest of a file, as 64 lower-case hexadecimal digits. */
    public static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return digest(in, OutputStream.nullOutputStream(), file);
        }
    }

    /** The path of an artifact, whether it exists or not. */
    public Path path(String sha256) {
        return folder.resolve(sha256 + SUFFIX);
    }

    private static InputStream open(Path jar) {
        try {
            return Files.newInputStream(jar);
        } catch (IOException e) {
            throw unreadableSource(jar, e);
        }
    }

    private static int read(InputStream in, byte[] buffer, Path jar) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw unreadableSource(jar, e);
        }
    }

    /** The problem for a given jar that cannot be read; the server's own files are not at fault. */
    private static ProblemException unreadableSource(Path jar, IOException cause) {
        return new ProblemException(
                ProblemCode.SOURCE_UNREADABLE,
                "The jar " + jar + " cannot be read: " + IoReason.of(cause) + ".",
                cause);
    }

    private static String digest(InputStream in, OutputStream out, Path jar) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        for (int read = read(in, buffer, jar); read >= 0; read = read(in, buffer, jar)) {
            size += read;
            if (size > LARGEST_BYTES) {
                throw new ProblemException(
                        ProblemCode.TOO_LARGE, "The jar " + jar + " has more than " + (LARGEST_BYTES >> 20) + " MiB.");
            }
            digest.update(buffer, 0, read);
            out.write(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The file {} is no longer needed and cannot be deleted.", file, e);
        }
    }

    private static ProblemException unreadable(Path artifact, IOException cause) {
        return unavailable("The artifact " + artifact + " cannot be read", cause);
    }

    private static ProblemException unavailable(String what, IOException cause) {
        return new ProblemException(ProblemCode.STORE_UNAVAILABLE, what + ": " + IoReason.of(cause) + ".", cause);
    }
}
