package dev.pawl.store.sqlite.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/** The translation of SQLite's result codes: an unavailable store, after which a retry may succeed, or a bug. */
class SqliteErrorsTest {

    private static final Path FILE = Path.of("pawl.db");
    private static final int PRIMARY = 0xff;

    /** Primary codes that mean a bug of ours. All others are faults of the file, the machine or another program. */
    private static final Set<SQLiteErrorCode> DEFECTS = EnumSet.of(
            SQLiteErrorCode.SQLITE_OK,
            SQLiteErrorCode.SQLITE_ERROR,
            SQLiteErrorCode.SQLITE_INTERNAL,
            SQLiteErrorCode.SQLITE_NOTFOUND,
            SQLiteErrorCode.SQLITE_EMPTY,
            SQLiteErrorCode.SQLITE_TOOBIG,
            SQLiteErrorCode.SQLITE_CONSTRAINT,
            SQLiteErrorCode.SQLITE_MISMATCH,
            SQLiteErrorCode.SQLITE_MISUSE,
            SQLiteErrorCode.SQLITE_AUTH,
            SQLiteErrorCode.SQLITE_FORMAT,
            SQLiteErrorCode.SQLITE_RANGE,
            SQLiteErrorCode.SQLITE_NOTICE,
            SQLiteErrorCode.SQLITE_WARNING,
            SQLiteErrorCode.SQLITE_ROW,
            SQLiteErrorCode.SQLITE_DONE);

    @ParameterizedTest
    @EnumSource(SQLiteErrorCode.class)
    void whatIsTheMachinesIsWantOfAStoreAndNoDefect(SQLiteErrorCode code) {
        SQLiteErrorCode primary = SQLiteErrorCode.getErrorCode(code.code & PRIMARY);
        ProblemException problem = SqliteErrors.of(FILE, DB.newSQLException(code.code, "said by SQLite"));
        assertEquals(DEFECTS.contains(primary) ? ProblemCode.INTERNAL : ProblemCode.STORE_UNAVAILABLE, problem.code());
    }

    /** Disk errors whose extended codes SQLite defines but its driver does not. */
    @ParameterizedTest
    @ValueSource(ints = {10 | 34 << 8, 10 | 35 << 8, 10 | 99 << 8})
    void aFaultThatTheDriverDoesNotKnowIsTheDisks(int code) {
        assertEquals(
                ProblemCode.STORE_UNAVAILABLE,
                SqliteErrors.of(FILE, DB.newSQLException(code, "disk I/O error"))
                        .code());
    }

    @Test
    void whatTheDriverRefusesByItselfIsTheStatementsOwn() {
        assertFalse(SqliteErrors.ofStorage(new SQLException("column 3 out of bounds")));
    }
}
