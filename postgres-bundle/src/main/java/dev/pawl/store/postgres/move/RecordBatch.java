package dev.pawl.store.postgres.move;

import dev.pawl.launch.RecordKind;
import dev.pawl.launch.RecordKind.Column;
import dev.pawl.launch.StoredRecord;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of one kind that are inserted together. */
final class RecordBatch {

    private static final int MOST_RECORDS = 1_000;

    /** About the memory of the records of a batch. */
    private static final long MOST_BYTES = 8L << 20;

    private static final long VALUE_BYTES = 16;

    private final Session session;
    private final long begunAt;
    private final List<StoredRecord> records = new ArrayList<>();
    private @Nullable RecordSql sql;
    private long bytes;
    private long queuedAt = Long.MIN_VALUE;

    /** @param begunAt the time at which the migration began, in microseconds */
    RecordBatch(Session session, long begunAt) {
        this.session = session;
        this.begunAt = begunAt;
    }

    /** Adds a record; inserts those before it when they are of another kind, or enough. */
    void add(RecordKind kind, StoredRecord record) throws SQLException {
        RecordSql present = sql;
        if (present == null || !present.kind().equals(kind) || records.size() >= MOST_RECORDS || bytes >= MOST_BYTES) {
            insert();
            sql = PostgresRecords.of(kind);
        }
        records.add(record);
        for (int i = 0; i < record.size(); i++) {
            Object value = record.get(i);
            bytes += VALUE_BYTES;
            if (value instanceof String text) {
                bytes += 2L * text.length();
            } else if (value instanceof byte[] part) {
                bytes += part.length;
            }
        }
    }

    /** Inserts what was added. */
    void insert() throws SQLException {
        RecordSql present = sql;
        if (present == null || records.isEmpty()) {
            return;
        }
        List<Column> columns = present.columns();
        @Nullable Object[] sets = new Object[columns.size()];
        for (int i = 0; i < sets.length; i++) {
            List<@Nullable Object> set = new ArrayList<>(records.size());
            for (StoredRecord record : records) {
                set.add(i < record.size() ? record.get(i) : queuedAt(present.kind(), record));
            }
            sets[i] = new SqlArray(RecordSql.type(columns.get(i).type()), set);
        }
        session.update(present.statement(), sets);
        records.clear();
        bytes = 0;
    }

    /** The time of a job's addition, but not before that of earlier jobs, nor after now: the queue goes by it. */
    private Long queuedAt(RecordKind kind, StoredRecord job) {
        for (int i = 0; i < job.size(); i++) {
            if (kind.columns().get(i).name().equals("created_at") && job.get(i) instanceof Long createdAt) {
                queuedAt = Math.max(queuedAt, Math.min(createdAt, begunAt));
            }
        }
        return queuedAt;
    }
}
