package dev.pawl.store.postgres.news;

import dev.pawl.service.job.Job;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.JobChange.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The part of a transaction that concerns other servers. As bytes, a job takes 17 and each of its changes at least 2, but a removal some hundreds; what a newer release
 * adds, an older one takes for news that were too many.
 *
 * @param changes the changes of jobs, those of one job in their order
 * @param written further jobs, whose logs have new lines
 * @param first the first of the jobs in each lane that wait now, and did not there before
 * @param isReady whether a job that waits may be claimed now
 * @param due the first time for which a job waits, and did not before, in microseconds; null when there is none
 * @param owners the owners of the documents of the runtime that were changed
 * @param stops jobs that are to be stopped where they run
 * @param messages what servers tell each other of workers
 * @param cleared the number of jobs that waited and were removed together
 * @param isWhole false when the changes were too many to be told: jobs and documents are to be read anew
 */
public record GroupNews(
        List<JobChange> changes,
        List<UUID> written,
        List<FirstWaiting> first,
        boolean isReady,
        @Nullable Long due,
        Set<String> owners,
        List<StopWish> stops,
        List<String> messages,
        int cleared,
        boolean isWhole) {

    /** The number of jobs, and of changes, that are told at most: 40 kilobytes. */
    static final int MOST = 2_000;

    /** The number of removals that are told at most, each with the job that is gone. */
    static final int MOST_REMOVALS = 200;

    private static final int MOST_LANES = 200;

    /** The number of messages that are told at most. */
    static final int MOST_MESSAGES = 500;

    private static final int VERSION = 1;
    private static final int READY = 1;
    private static final int TIMED = 2;
    private static final int WHOLE = 4;

    private static final GroupNews TOO_MANY =
            new GroupNews(List.of(), List.of(), List.of(), true, 0L, Set.of(), List.of(), List.of(), 0, false);

    public GroupNews {
        changes = List.copyOf(changes);
        written = List.copyOf(written);
        first = List.copyOf(first);
        owners = Set.copyOf(owners);
        stops = List.copyOf(stops);
        messages = List.copyOf(messages);
    }

    /** Whether a job waits for another time than before. */
    public boolean isTimed() {
        return due != null;
    }

    /** Whether it concerns nobody. */
    public boolean isNothing() {
        return changes.isEmpty()
                && written.isEmpty()
                && first.isEmpty()
                && !isReady
                && !isTimed()
                && owners.isEmpty()
                && stops.isEmpty()
                && messages.isEmpty()
                && cleared == 0
                && isWhole;
    }

    private long removals() {
        return changes.stream().filter(change -> change.kind() == Kind.REMOVED).count();
    }

    byte[] bytes() {
        boolean fits = changes.size() <= MOST
                && written.size() <= MOST
                && first.size() <= MOST_LANES
                && stops.size() <= MOST
                && messages.size() <= MOST_MESSAGES
                && removals() <= MOST_REMOVALS
                && isWhole;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte((isReady ? READY : 0) | (isTimed() ? TIMED : 0) | (fits ? WHOLE : 0));
            if (fits) {
                if (due != null) {
                    out.writeLong(due);
                }
                Map<UUID, List<JobChange>> byJob = new LinkedHashMap<>();
                changes.forEach(change -> byJob.computeIfAbsent(change.id(), id -> new ArrayList<>())
                        .add(change));
                writeNumber(out, byJob.size());
                for (Map.Entry<UUID, List<JobChange>> job : byJob.entrySet()) {
                    writeId(out, job.getKey());
                    writeNumber(out, job.getValue().size());
                    for (JobChange change : job.getValue()) {
                        out.writeByte(code(change.kind()));
                        writeNumber(out, change.epoch());
                        if (change.kind() == Kind.REMOVED) {
                            byte[] removed = RemovedJob.write(change.job()).getBytes(StandardCharsets.UTF_8);
                            writeNumber(out, removed.length);
                            out.write(removed);
                        }
                    }
                }
                writeNumber(out, written.size());
                for (UUID id : written) {
                    writeId(out, id);
                }
                writeNumber(out, first.size());
                for (FirstWaiting job : first) {
                    out.writeUTF(job.moduleKey());
                    out.writeLong(job.lane());
                    out.writeLong(job.queuedAt());
                    writeNumber(out, job.job());
                }
                writeNumber(out, owners.size());
                for (String owner : owners) {
                    out.writeUTF(owner);
                }
                writeNumber(out, stops.size());
                for (StopWish stop : stops) {
                    stop.write(out);
                }
                writeNumber(out, cleared);
                for (String message : messages) { // an older release reads no further than to here
                    out.writeUTF(message);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    static GroupNews of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                return TOO_MANY;
            }
            int flags = in.readByte();
            List<JobChange> changes = new ArrayList<>();
            List<UUID> written = new ArrayList<>();
            List<FirstWaiting> first = new ArrayList<>();
            Set<String> owners = new HashSet<>();
            List<StopWish> stops = new ArrayList<>();
            List<String> messages = new ArrayList<>();
            Long due = (flags & TIMED) != 0 ? 0L : null;
            long cleared = 0;
            if ((flags & WHOLE) != 0) {
                if (due != null) {
                    due = in.readLong();
                }
                for (long jobs = readNumber(in); jobs > 0; jobs--) {
                    UUID id = readId(in);
                    for (long more = readNumber(in); more > 0; more--) {
                        Kind kind = kind(in.readByte());
                        long epoch = readNumber(in);
                        if (kind == null) {
                            return TOO_MANY;
                        }
                        Job removed = kind == Kind.REMOVED ? RemovedJob.read(id, readText(in)) : null;
                        changes.add(new JobChange(id, kind, epoch, removed));
                    }
                }
                for (long more = readNumber(in); more > 0; more--) {
                    written.add(readId(in));
                }
                for (long more = readNumber(in); more > 0; more--) {
                    first.add(new FirstWaiting(in.readUTF(), in.readLong(), in.readLong(), readNumber(in)));
                }
                for (long more = readNumber(in); more > 0; more--) {
                    owners.add(in.readUTF());
                }
                for (long more = readNumber(in); more > 0; more--) {
                    stops.add(StopWish.read(in));
                }
                cleared = readNumber(in);
                while (in.available() > 0) {
                    messages.add(in.readUTF());
                }
            }
            return new GroupNews(
                    changes,
                    written,
                    first,
                    (flags & READY) != 0,
                    due,
                    owners,
                    stops,
                    messages,
                    (int) cleared,
                    (flags & WHOLE) != 0);
        } catch (IOException e) { // cut short: of a release that writes something else
            return TOO_MANY;
        }
    }

    private static int code(Kind kind) {
        return switch (kind) {
            case ADDED -> 1;
            case STARTED -> 2;
            case PROGRESS -> 3;
            case NEXT_TASK -> 4;
            case WAITING -> 5;
            case ENDED -> 6;
            case CHANGED -> 7;
            case REMOVED -> 8;
        };
    }

    private static @Nullable Kind kind(int code) {
        return switch (code) {
            case 1 -> Kind.ADDED;
            case 2 -> Kind.STARTED;
            case 3 -> Kind.PROGRESS;
            case 4 -> Kind.NEXT_TASK;
            case 5 -> Kind.WAITING;
            case 6 -> Kind.ENDED;
            case 7 -> Kind.CHANGED;
            case 8 -> Kind.REMOVED;
            default -> null;
        };
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes((int) readNumber(in)), StandardCharsets.UTF_8);
    }

    private static void writeId(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID readId(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    /** Writes a number that is not negative, seven bits a byte. */
    private static void writeNumber(DataOutputStream out, long number) throws IOException {
        long left = number;
        while (left > 0x7f) {
            out.writeByte((int) (left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.writeByte((int) left);
    }

    private static long readNumber(DataInputStream in) throws IOException {
        long number = 0;
        int shift = 0;
        int next = in.readByte();
        while ((next & 0x80) != 0) {
            number |= (long) (next & 0x7f) << shift;
            shift += 7;
            next = in.readByte();
        }
        return number | (long) next << shift;
    }
}
