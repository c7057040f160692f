package dev.pawl.store.sqlite.move;

import dev.pawl.base.file.DurableFile;
import dev.pawl.launch.DataFiles;
import dev.pawl.launch.OfflineUpkeep.StoreFiles;
import dev.pawl.launch.RecordKind;
import dev.pawl.launch.RecordKind.Column;
import dev.pawl.launch.StoreContents;
import dev.pawl.launch.StoredRecord;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.kit.move.StoredRecords;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Migrations;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.engine.SqliteErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The contents of an SQLite store. One that is filled has another name until it is complete, and a mark in the data folder meanwhile, with which
 * no server starts there.
 */
public final class SqliteContents implements StoreContents.Target {

    private static final String SUFFIX = ".migrating";
    private static final List<String> OF_DATABASE = List.of("", "-wal", "-shm", "-journal");

    private final Path store;
    private final Path file;
    private final Path data;
    private final Session session;
    private final StoredFiles files;
    private boolean isComplete;

    /**
     * The contents of an open database.
     *
     * @param store the file of the store
     * @param file the file that is open, which has another name while it is filled
     */
    private SqliteContents(Path store, Path file, Path data, Session session) {
        this.store = store;
        this.file = file;
        this.data = data;
        this.session = session;
        this.files = new StoredFiles(data, session);
        this.isComplete = store.equals(file);
    }

    /** Reads the store, in which nothing changes. */
    public static SqliteContents source(StoreFiles place) {
        Path file = place.database();
        if (!Files.exists(file)) {
            throw refusal("The store " + file + " does not exist. --data-dir names the folder of the server.");
        }
        return opened(file, () -> {
            Session session = new Database(file).observer();
            try {
                requirePresent(file, session);
                session.script("BEGIN");
                return new SqliteContents(file, file, place.data(), session);
            } catch (SQLException | RuntimeException e) {
                session.close();
                throw e;
            }
        });
    }

    private static void requirePresent(Path file, Session session) throws SQLException {
        if (!Migrations.isStore(session)) {
            throw refusal(Migrations.noStore(file));
        }
        long version = session.number("PRAGMA user_version");
        if (version != Migrations.present()) {
            throw refusal("The store " + file + " has schema version " + version + ", and this release has "
                    + Migrations.present() + ". Start a server of this release on it, stop it, and try again.");
        }
    }

    /** Fills the store of a data folder that has none. */
    public static SqliteContents target(StoreFiles place, String source) {
        Path store = place.database();
        if (Files.exists(store)) {
            throw refusal("There is a store already: " + store
                    + ". Move it away with its -wal and -shm, or name another folder by --data-dir.");
        }
        Path file = Path.of(store + SUFFIX);
        return opened(store, () -> {
            try {
                Files.createDirectories(
                        Objects.requireNonNull(store.toAbsolutePath().getParent()));
                Path mark = mark(place.data());
                Files.writeString(
                        mark,
                        "The store of " + source
                                + " moves into this folder, or that was interrupted. Run `pawl migrate` again.\n");
                DurableFile.force(mark);
                DurableFile.forceNames(place.data());
                delete(file); // of a migration that was interrupted
            } catch (IOException e) {
                throw unwritable(store, e);
            }
            Session session = new Database(file).writer();
            try {
                Migrations.ofThisRelease(file, InstantSource.system(), null).run(session);
                session.script("BEGIN IMMEDIATE");
                return new SqliteContents(store, file, place.data(), session);
            } catch (SQLException | RuntimeException e) {
                session.close();
                throw e;
            }
        });
    }

    private interface Opening {
        SqliteContents open() throws SQLException;
    }

    private static SqliteContents opened(Path file, Opening opening) {
        try {
            return opening.open();
        } catch (SQLException e) {
            throw SqliteErrors.problem(file, e);
        }
    }

    private static Path mark(Path data) {
        return data.resolve(DataFiles.UNFINISHED_MIGRATION);
    }

    private static void delete(Path database) throws IOException {
        for (String suffix : OF_DATABASE) {
            Files.deleteIfExists(Path.of(database + suffix));
        }
    }

    private static ProblemException refusal(String sentence) {
        return new ProblemException(ProblemCode.STORE_UNAVAILABLE, sentence);
    }

    private static ProblemException unwritable(Path store, IOException e) {
        return new ProblemException(
                ProblemCode.STORE_UNAVAILABLE, "The store " + store + " cannot be written: " + IoReason.of(e) + ".", e);
    }

    @Override
    public String place() {
        return store.toString();
    }

    @Override
    public List<RecordKind> kinds() {
        return StoredRecords.all();
    }

    @Override
    public long count(RecordKind kind) {
        return with(open -> StoredFiles.holds(kind)
                ? files.count(kind)
                : open.number(SqliteRecords.of(kind).count()));
    }

    @Override
    public void read(RecordKind kind, Sink sink) {
        with(open -> {
            if (StoredFiles.holds(kind)) {
                files.read(kind, sink);
            } else {
                open.each(SqliteRecords.of(kind).select(), row -> sink.take(record(kind, row)));
            }
            return true;
        });
    }

    private static StoredRecord record(RecordKind kind, ResultSet row) throws SQLException {
        StoredRecord record = new StoredRecord(kind.columns().size());
        for (int i = 0; i < record.size(); i++) {
            Object value = value(kind.columns().get(i).type(), row, i + 1);
            record.set(i, row.wasNull() ? null : value);
        }
        return record;
    }

    private static @Nullable Object value(RecordKind.Type type, ResultSet row, int column) throws SQLException {
        return switch (type) {
            case NUMBER -> row.getLong(column);
            case REAL -> row.getDouble(column);
            case TEXT -> row.getString(column);
            case FLAG -> row.getBoolean(column);
            case ID -> {
                byte[] bytes = row.getBytes(column);
                yield bytes == null ? null : JobIds.uuid(bytes);
            }
            case BYTES -> row.getBytes(column);
        };
    }

    @Override
    public void add(RecordKind kind, StoredRecord record) {
        with(open -> {
            if (StoredFiles.holds(kind)) {
                files.add(kind, record);
            } else {
                add(open, kind, record);
            }
            return true;
        });
    }

    private static void add(Session session, RecordKind kind, StoredRecord record) throws SQLException {
        RecordSql sql = SqliteRecords.of(kind);
        @Nullable Object[] values = new Object[record.size() + sql.extra().size()];
        for (int i = 0; i < record.size(); i++) {
            values[i] = column(record.get(i));
        }
        if (!sql.extra().isEmpty()) {
            RequestColumns.set(String.valueOf(record.get(column(kind, "request"))), values, record.size());
        }
        for (String statement : sql.statements()) {
            session.update(statement, values);
        }
    }

    private static @Nullable Object column(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        return value instanceof UUID id ? JobIds.bytes(id) : value;
    }

    private static int column(RecordKind kind, String name) {
        return kind.columns().stream().map(Column::name).toList().indexOf(name);
    }

    @Override
    public void settle() {
        with(open -> {
            for (String statement : SqliteRecords.settling()) {
                open.update(statement);
            }
            return true;
        });
    }

    @Override
    public void complete() {
        with(open -> {
            open.script("COMMIT");
            open.first("PRAGMA wal_checkpoint(TRUNCATE)", row -> true);
            open.close();
            return true;
        });
        files.force();
        try {
            DurableFile.force(file);
            Files.move(file, store, StandardCopyOption.ATOMIC_MOVE);
            delete(file);
            DurableFile.forceNames(Objects.requireNonNull(store.toAbsolutePath().getParent()));
            Files.delete(mark(data));
            DurableFile.forceNames(data);
            isComplete = true;
        } catch (IOException e) {
            throw unwritable(store, e);
        }
    }

    private <T> T with(Session.Reading<T> work) {
        try {
            return work.read(session);
        } catch (SQLException e) {
            throw SqliteErrors.problem(file, e);
        }
    }

    @Override
    public void close() {
        with(open -> {
            open.close();
            return true;
        });
        if (!isComplete) {
            try {
                delete(file);
                Files.deleteIfExists(mark(data));
            } catch (IOException e) {
                throw unwritable(store, e);
            }
        }
    }
}
