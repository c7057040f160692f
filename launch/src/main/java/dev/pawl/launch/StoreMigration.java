package dev.pawl.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies all that a store keeps into an empty one, and compares both: the number of records of each kind, and a hash of them. A difference, or a
 * kind that one of the stores does not know, ends it before anything is open to servers.
 */
public final class StoreMigration {

    private static final int RECORDS_AT_ONCE = 1_000;
    private static final String RECORDS = "records";

    private final StoreContents source;
    private final StoreContents.Target target;
    private final Progress progress;

    /** Learns how far a migration is, on its thread. */
    @FunctionalInterface
    public interface Progress {

        /**
         * Called after each step.
         *
         * @param doing what it is at: {@code copying jobs}
         * @param done the steps that are done
         * @param all the number of steps
         */
        void at(String doing, long done, long all);
    }

    public StoreMigration(StoreContents source, StoreContents.Target target, Progress progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    /**
     * Copies and compares, and completes the target.
     *
     * @return what {@code pawl migrate -o json} shows
     */
    public Map<String, Object> run() {
        List<RecordKind> kinds = source.kinds();
        refuseOthers(kinds);
        List<Long> counts = kinds.stream().map(source::count).toList();
        Steps steps = new Steps(2 * counts.stream().mapToLong(Long::longValue).sum());
        List<RecordDigest> copied = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            copied.add(copy(kinds.get(i), counts.get(i), steps));
        }
        target.settle();
        List<Object> moved = new ArrayList<>();
        long records = 0;
        for (int i = 0; i < kinds.size(); i++) {
            RecordDigest theirs = copied.get(i);
            compare(kinds.get(i), counts.get(i), theirs, digest(kinds.get(i), counts.get(i), steps));
            moved.add(row(kinds.get(i), theirs));
            records += theirs.records();
        }
        target.complete();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("from", source.place());
        answer.put("to", target.place());
        answer.put(RECORDS, records);
        answer.put("kinds", moved);
        return answer;
    }

    private static Map<String, Object> row(RecordKind kind, RecordDigest digest) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kind", kind.name());
        row.put(RECORDS, digest.records());
        row.put("sha256", digest.hash());
        return row;
    }

    /** Refuses a kind that one of the stores has and the other does not. */
    private void refuseOthers(List<RecordKind> kinds) {
        for (RecordKind kind : kinds) {
            if (!target.kinds().contains(kind)) {
                throw unknown(target, kind);
            }
        }
        for (RecordKind kind : target.kinds()) {
            if (!kinds.contains(kind)) {
                throw unknown(source, kind);
            }
        }
    }

    private static IllegalStateException unknown(StoreContents store, RecordKind kind) {
        return new IllegalStateException("The store " + store.place() + " does not know the " + kind.name()
                + " of the other one. Nothing was moved: both stores must be of one release.");
    }

    private RecordDigest copy(RecordKind kind, long count, Steps steps) {
        RecordDigest digest = new RecordDigest();
        steps.begin("copying " + kind.name(), count);
        source.read(kind, record -> {
            digest.add(record);
            target.add(kind, record);
            steps.done(digest);
        });
        steps.ended(digest);
        return digest;
    }

    private RecordDigest digest(RecordKind kind, long count, Steps steps) {
        RecordDigest digest = new RecordDigest();
        steps.begin("comparing " + kind.name(), count);
        target.read(kind, record -> {
            digest.add(record);
            steps.done(digest);
        });
        steps.ended(digest);
        return digest;
    }

    private void compare(RecordKind kind, long counted, RecordDigest copied, RecordDigest arrived) {
        if (counted != copied.records() || copied.records() != arrived.records()) {
            throw new IllegalStateException("Of " + counted + " " + kind.name() + " in " + source.place() + ", "
                    + copied.records() + " were read, and " + arrived.records() + " are in " + target.place()
                    + ". Nothing was moved. Please report this.");
        }
        if (!copied.hash().equals(arrived.hash())) {
            throw new IllegalStateException("The " + kind.name() + " in " + target.place() + " are not those of "
                    + source.place() + ": their hashes are " + arrived.hash() + " and " + copied.hash()
                    + ". Nothing was moved. Please report this.");
        }
    }

    private final class Steps {
        private final long all;
        private long done;
        private String doing = "";

        private Steps(long all) {
            this.all = all;
        }

        /** Begins with a kind; of one without records nobody is told. */
        private void begin(String work, long records) {
            if (records > 0) {
                doing = work;
                progress.at(doing, done, all);
            }
        }

        private void done(RecordDigest digest) {
            if (digest.records() % RECORDS_AT_ONCE == 0) {
                progress.at(doing, done + digest.records(), all);
            }
        }

        private void ended(RecordDigest digest) {
            if (digest.records() > 0) {
                done += digest.records();
                progress.at(doing, done, all);
            }
        }
    }
}
