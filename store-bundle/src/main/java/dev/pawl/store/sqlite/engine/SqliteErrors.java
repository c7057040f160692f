package dev.pawl.store.sqlite.engine;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in a sentence what the database lacks. */
public final class SqliteErrors {

    private static final int PRIMARY_CODE = 0xff; // an extended code keeps its primary one in the low byte

    private SqliteErrors() {}

    /**
     * Whether the fault is the file's or the machine's, so that it hits every statement alike, and not one statement's own. Of those,
     * SQLite undoes the whole transaction for some, which is why no other write of a group outlives them.
     */
    static boolean ofStorage(SQLException fault) {
        return switch (primary(fault)) {
            case SQLITE_FULL,
                    SQLITE_IOERR,
                    SQLITE_READONLY,
                    SQLITE_CORRUPT,
                    SQLITE_NOTADB,
                    SQLITE_CANTOPEN,
                    SQLITE_NOMEM,
                    SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_PROTOCOL,
                    SQLITE_PERM,
                    SQLITE_NOLFS, // the file system takes no file of that size
                    SQLITE_ABORT, // of a transaction that was undone by another of these
                    SQLITE_INTERRUPT,
                    SQLITE_SCHEMA -> true; // another program changes the tables
            case UNKNOWN_ERROR ->
                fault instanceof SQLiteException; // newer than the driver: those are faults of the disk
            default -> false; // the codes are SQLite's, not ours
        };
    }

    /** Whether another program has the file, so that the same may go well in a moment. */
    static boolean isLock(SQLException fault) {
        return switch (primary(fault)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> true;
            default -> false; // the codes are SQLite's, not ours
        };
    }

    /** Whether what was read makes no sense, rather than that it could not be read or written. */
    public static boolean isDamage(SQLException fault) {
        SQLiteErrorCode code = primary(fault);
        return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    /** The problem to hand to one caller: that of all, or that of its statement. */
    static ProblemException of(Path file, SQLException fault) {
        return ofStorage(fault) ? problem(file, fault) : ofStatement(file, fault);
    }

    /** The problem to hand to callers. */
    public static ProblemException problem(Path file, SQLException fault) {
        String what =
                switch (primary(fault)) {
                    case SQLITE_FULL -> "the disk is full";
                    case SQLITE_READONLY -> "the file or its file system is read-only";
                    case SQLITE_CORRUPT, SQLITE_NOTADB -> "the file is damaged. " + backups(file);
                    case SQLITE_CANTOPEN, SQLITE_PERM -> "the file or its folder cannot be opened";
                    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> "another program keeps it locked";
                    case SQLITE_NOMEM -> "memory has run out";
                    case SQLITE_IOERR -> "the disk reports an input or output error";
                    case SQLITE_NOLFS -> "the file system takes no file of that size";
                    case SQLITE_SCHEMA -> "another program changes its tables";
                    default -> "an unexpected answer of SQLite";
                };
        return new ProblemException(
                ProblemCode.STORE_UNAVAILABLE,
                "The store " + file + " cannot be used: " + what + " (" + fault.getMessage() + ").",
                fault);
    }

    /** The problem to hand to the one caller whose statement SQLite does not take, while it takes others: a defect. */
    static ProblemException ofStatement(Path file, SQLException fault) {
        return new ProblemException(
                ProblemCode.INTERNAL, "The store " + file + " refused a statement: " + fault.getMessage() + ".", fault);
    }

    /** Names the backups beside a file, for a person who has to put one in its place. */
    static String backups(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        String backups = "";
        if (folder != null) {
            try (var files = Files.list(folder)) {
                backups = files.filter(Migrations::isBackup)
                        .map(Path::toString)
                        .sorted()
                        .collect(Collectors.joining(", "));
            } catch (IOException e) {
                return "Its folder cannot be read either.";
            }
        }
        return backups.isEmpty()
                ? "There is no backup beside it; move it away to begin with an empty store."
                : "Put a backup in its place: " + backups + ".";
    }

    private static SQLiteErrorCode primary(SQLException fault) {
        return fault instanceof SQLiteException known
                ? SQLiteErrorCode.getErrorCode(known.getResultCode().code & PRIMARY_CODE)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
