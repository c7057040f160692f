package dev.pawl.store.sqlite.engine;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Translates errors of SQLite into problems with a sentence for people. */
public final class SqliteErrors {

    private static final int PRIMARY_CODE = 0xff; // an extended code has its primary code in the low byte

    private SqliteErrors() {}

    /**
     * Whether the fault is one of the file or the machine, which affects all statements, and not of a single statement. For some of these
     * SQLite rolls back the whole transaction, so all writes of a group fail with them.
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
                    SQLITE_NOLFS, // the file system does not support files of that size
                    SQLITE_ABORT, // of a transaction that another of these rolled back
                    SQLITE_INTERRUPT,
                    SQLITE_SCHEMA -> true; // another program is changing the tables
            case UNKNOWN_ERROR ->
                fault instanceof SQLiteException; // codes unknown to the driver are faults of the disk
            default -> false; // the codes are SQLite's, not ours
        };
    }

    /** Whether another program has locked the file, so that a retry may succeed. */
    static boolean isLock(SQLException fault) {
        return switch (primary(fault)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> true;
            default -> false; // the codes are SQLite's, not ours
        };
    }

    /** Whether a row with the same value of a unique column is there already. */
    public static boolean isDuplicate(SQLException fault) {
        return fault instanceof SQLiteException known
                && known.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE;
    }

    /** Whether the file was read but is damaged, as opposed to an input or output error. */
    public static boolean isDamage(SQLException fault) {
        SQLiteErrorCode code = primary(fault);
        return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    /** The problem for one caller: a general one, or one of its statement. */
    static ProblemException of(Path file, SQLException fault) {
        return ofStorage(fault) ? problem(file, fault) : ofStatement(file, fault);
    }

    /** The problem for all callers. */
    public static ProblemException problem(Path file, SQLException fault) {
        return new ProblemException(
                ProblemCode.STORE_UNAVAILABLE,
                "The store " + file + " cannot be used: " + reason(file, fault) + ".",
                fault);
    }

    /** The words that say what is wrong with the file or the machine. */
    static String reason(Path file, SQLException fault) {
        String what =
                switch (primary(fault)) {
                    case SQLITE_FULL -> "the disk is full";
                    case SQLITE_READONLY -> "the file or its file system is read-only";
                    case SQLITE_CORRUPT, SQLITE_NOTADB -> "the file is damaged. " + backups(file);
                    case SQLITE_CANTOPEN, SQLITE_PERM -> "the file or its folder cannot be opened";
                    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> "another program keeps it locked";
                    case SQLITE_NOMEM -> "memory has run out";
                    case SQLITE_IOERR -> "the disk reports an input or output error";
                    case SQLITE_NOLFS -> "the file system does not support files of that size";
                    case SQLITE_SCHEMA -> "another program is changing its tables";
                    default -> "an unexpected answer of SQLite";
                };
        return what + " (" + fault.getMessage() + ")";
    }

    /** The problem for a caller whose statement alone SQLite refuses, which is a bug. */
    static ProblemException ofStatement(Path file, SQLException fault) {
        return new ProblemException(
                ProblemCode.INTERNAL, "The store " + file + " refused a statement: " + fault.getMessage() + ".", fault);
    }

    /** Names the backups beside a file, for a person who has to restore one. */
    private static String backups(Path file) {
        try {
            String backups = new SchemaBackups(file)
                    .all().stream().map(backup -> backup.file().toString()).collect(Collectors.joining(", "));
            return backups.isEmpty()
                    ? "There is no backup beside it; restore one with `pawl restore`, or move it away to start with an empty store."
                    : "Restore one of your backups with `pawl restore`, or one that an upgrade made: " + backups + ".";
        } catch (IOException e) {
            return "Its folder cannot be read either.";
        }
    }

    private static SQLiteErrorCode primary(SQLException fault) {
        return fault instanceof SQLiteException known
                ? SQLiteErrorCode.getErrorCode(known.getResultCode().code & PRIMARY_CODE)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
