package dev.pawl.store.sqlite.move;

import dev.pawl.base.file.DurableFile;
import dev.pawl.launch.RecordKind;
import dev.pawl.launch.StoreContents.Sink;
import dev.pawl.launch.StoredRecord;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.kit.move.StoredRecords;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The files in the data folder that rows of the store name: jars of modules, and artifacts of jobs. Read and written as parts. */
final class StoredFiles {

    private static final String JARS =
            "SELECT sha256, max(is_current), max(bundle || ' ' || version) FROM deployments GROUP BY sha256 ORDER BY sha256";
    private static final String ARTIFACTS = "SELECT DISTINCT s.folder, a.file, a.sha256 FROM artifact_sets s "
            + "JOIN artifacts a ON a.job = s.job ORDER BY s.folder, a.file";

    private final Path jars;
    private final Path artifacts;
    private final Session session;
    private final Set<Path> written = new LinkedHashSet<>();

    /**
     * A file.
     *
     * @param key the values of its parts' records before the part's number
     * @param sha256 the digest that it must have
     * @param owner the module bundle, or the job, for messages
     */
    private record Stored(List<Object> key, Path file, String sha256, String owner) {

        private ProblemException wrong(String what) {
            return new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The file " + file + " of " + owner + " " + what
                            + ". Put it back, or start the server and remove what it belongs to, and migrate again.");
        }
    }

    /** @param data the data folder */
    StoredFiles(Path data, Session session) {
        this.jars = data.resolve("artifacts");
        this.artifacts = data.resolve("job-artifacts");
        this.session = session;
    }

    /** Whether the records of a kind are parts of files. */
    static boolean holds(RecordKind kind) {
        return kind.equals(StoredRecords.MODULE_JARS) || kind.equals(StoredRecords.ARTIFACT_PARTS);
    }

    long count(RecordKind kind) throws SQLException {
        long parts = 0;
        for (Stored each : files(kind)) {
            try {
                parts += Math.max(
                        1, (Files.size(each.file()) + StoredRecords.PART_BYTES - 1) / StoredRecords.PART_BYTES);
            } catch (IOException e) {
                throw each.wrong("cannot be read: " + IoReason.of(e));
            }
        }
        return parts;
    }

    /** Reads the parts of all files, each of which must be as it was recorded. */
    void read(RecordKind kind, Sink sink) throws SQLException {
        for (Stored each : files(kind)) {
            MessageDigest digest = sha256();
            try (InputStream in = Files.newInputStream(each.file(), LinkOption.NOFOLLOW_LINKS)) {
                long n = 0;
                byte[] part = in.readNBytes(StoredRecords.PART_BYTES);
                do {
                    digest.update(part);
                    StoredRecord record = new StoredRecord(kind.columns().size());
                    for (int i = 0; i < each.key().size(); i++) {
                        record.set(i, each.key().get(i));
                    }
                    record.set(record.size() - 2, n++);
                    record.set(record.size() - 1, part);
                    sink.take(record);
                    part = in.readNBytes(StoredRecords.PART_BYTES);
                } while (part.length > 0);
            } catch (IOException e) {
                throw each.wrong("cannot be read: " + IoReason.of(e));
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(each.sha256())) {
                throw each.wrong("is not as it was recorded");
            }
        }
    }

    private List<Stored> files(RecordKind kind) throws SQLException {
        if (kind.equals(StoredRecords.ARTIFACT_PARTS)) {
            return session.list(ARTIFACTS, row -> {
                UUID job = JobIds.uuid(row.getBytes(1));
                String name = row.getString(2);
                return new Stored(List.of(job, name), file(job, name), row.getString(3), "the job " + job);
            });
        }
        List<Stored> found = new ArrayList<>();
        session.each(JARS, row -> {
            Path file = jar(row.getString(1));
            if (row.getBoolean(2) || Files.exists(file)) { // otherwise a former version whose jar was removed
                found.add(new Stored(
                        List.of(row.getString(1)), file, row.getString(1), "the bundle " + row.getString(3)));
            }
        });
        return List.copyOf(found);
    }

    private Path jar(String sha256) {
        return inside(jars, sha256 + ".jar");
    }

    private Path file(UUID job, String name) {
        return inside(artifacts.resolve(job.toString()), name);
    }

    /** The names come from a database, and must not lead elsewhere. */
    private static Path inside(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (!folder.normalize().equals(file.getParent())) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE, "The name of a file in the store is no name: \"" + name + "\".");
        }
        return file;
    }

    /** Writes a part of a file, which comes after the one before it. */
    void add(RecordKind kind, StoredRecord part) {
        Path file = kind.equals(StoredRecords.ARTIFACT_PARTS)
                ? file((UUID) Objects.requireNonNull(part.get(0)), String.valueOf(part.get(1)))
                : jar(String.valueOf(part.get(0)));
        byte[] body = (byte[]) Objects.requireNonNull(part.get(part.size() - 1));
        try {
            if (written.add(file)) {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.deleteIfExists(file); // and not the contents, which may have another name
                Files.write(file, body, StandardOpenOption.CREATE_NEW);
            } else {
                Files.write(file, body, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Makes all that was written durable. */
    void force() {
        Set<Path> folders = new LinkedHashSet<>();
        for (Path file : written) {
            try {
                DurableFile.force(file);
                folders.add(Objects.requireNonNull(file.getParent()));
            } catch (IOException e) {
                throw unwritable(file, e);
            }
        }
        for (Path folder : folders) {
            try {
                DurableFile.forceNames(folder);
            } catch (IOException e) {
                throw unwritable(folder, e);
            }
        }
    }

    private static ProblemException unwritable(Path file, IOException e) {
        return new ProblemException(
                ProblemCode.STORE_UNAVAILABLE, "The file " + file + " cannot be written: " + IoReason.of(e) + ".", e);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}
