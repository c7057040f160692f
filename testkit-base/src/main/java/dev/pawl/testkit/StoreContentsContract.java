package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.RecordKind;
import dev.pawl.launch.StoreContents;
import dev.pawl.launch.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contents of a store as records: what was added comes back as it was, of every kind. */
public abstract class StoreContentsContract {

    /** Opens the store of the test, which is empty at first, to fill it. */
    protected abstract StoreContents.Target fill();

    /** Opens the store of the test to read it. */
    protected abstract StoreContents open();

    /** A record of these values. */
    protected static StoredRecord record(@Nullable Object... values) {
        StoredRecord record = new StoredRecord(values.length);
        for (int i = 0; i < values.length; i++) {
            record.set(i, values[i]);
        }
        return record;
    }

    /** All records of a kind. */
    protected static List<@Nullable Object[]> records(StoreContents contents, RecordKind kind) {
        List<@Nullable Object[]> records = new ArrayList<>();
        contents.read(kind, record -> {
            @Nullable Object[] values = new Object[record.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = record.get(i);
            }
            records.add(values);
        });
        return records;
    }

    /** Fills a store with records of every kind. */
    protected static void fill(StoreContents.Target target) {
        for (RecordKind kind : target.kinds()) {
            for (@Nullable Object[] values : SampleRecords.of(kind)) {
                target.add(kind, record(values));
            }
        }
        target.settle();
    }

    /** Asserts that a store has the records of {@link #fill(StoreContents.Target)}. */
    protected static void assertFilled(StoreContents contents) {
        for (RecordKind kind : contents.kinds()) {
            List<@Nullable Object[]> wanted = SampleRecords.of(kind);
            List<@Nullable Object[]> found = records(contents, kind);
            assertEquals(wanted.size(), found.size(), kind.name());
            for (int i = 0; i < wanted.size(); i++) {
                assertArrayEquals(wanted.get(i), found.get(i), kind.name() + " " + i);
            }
            assertEquals(wanted.size(), contents.count(kind), kind.name());
        }
    }

    @Test
    void recordsOfEveryKindComeBackAsTheyWere() {
        try (StoreContents.Target target = fill()) {
            fill(target);
            assertFilled(target);
            target.complete();
        }
        try (StoreContents contents = open()) {
            assertFilled(contents);
        }
    }

    @Test
    void whatWasNotCompletedIsNotThere() {
        try (StoreContents.Target target = fill()) {
            fill(target);
        }
        try (StoreContents.Target target = fill()) {
            for (RecordKind kind : target.kinds()) {
                assertEquals(0, target.count(kind), kind.name());
            }
        }
    }

    @Test
    void aStoreThatHasContentsIsNotFilled() {
        try (StoreContents.Target target = fill()) {
            fill(target);
            target.complete();
        }
        RuntimeException refused = assertThrows(RuntimeException.class, this::fill);
        assertFalse(String.valueOf(refused.getMessage()).isEmpty());
        try (StoreContents contents = open()) {
            assertFilled(contents);
        }
    }

    @Test
    void kindsFollowThoseThatTheyReferTo() {
        try (StoreContents.Target target = fill()) {
            List<String> names = target.kinds().stream().map(RecordKind::name).toList();
            assertTrue(names.indexOf("jobs") < names.indexOf("deliveries"), names::toString);
        }
    }
}
