package dev.pawl.store.postgres.news;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.store.kit.Micros;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The wish that a job is stopped where it runs, which is on another server.
 *
 * @param requested who asked for it; null when nobody did
 */
public record StopWish(UUID job, @Nullable Requested requested) {

    /**
     * The part of a request that the audit and the job keep.
     *
     * @param hasEntry whether it gets an entry of its own
     */
    public record Requested(Actor actor, String action, String target, Instant at, boolean hasEntry) {}

    /** A wish on behalf of a change that was requested. */
    public static StopWish of(UUID job, @Nullable AuditedChange change, Instant at) {
        return new StopWish(
                job,
                change == null
                        ? null
                        : new Requested(change.actor(), change.action(), job.toString(), at, change.hasEntry()));
    }

    /** The change for whoever stops the job. */
    public @Nullable AuditedChange change() {
        Requested asked = requested;
        if (asked == null) {
            return null;
        }
        return asked.hasEntry()
                ? new AuditedChange(asked.actor(), asked.action(), asked.target(), asked.at())
                : AuditedChange.ofMany(asked.actor(), asked.action(), asked.at());
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(job.getMostSignificantBits());
        out.writeLong(job.getLeastSignificantBits());
        out.writeBoolean(requested != null);
        if (requested != null) {
            Actor actor = requested.actor();
            out.writeUTF(actor.principal().id());
            out.writeUTF(actor.principal().name());
            out.writeUTF(actor.role().name());
            out.writeUTF(actor.door().name());
            writeText(out, actor.remote());
            writeText(out, actor.requestId());
            out.writeUTF(requested.action());
            out.writeUTF(requested.target());
            out.writeLong(Micros.of(requested.at()));
            out.writeBoolean(requested.hasEntry());
        }
    }

    /** Reads a wish; one whose role or door only a newer release knows is an {@link IOException}. */
    static StopWish read(DataInputStream in) throws IOException {
        UUID job = new UUID(in.readLong(), in.readLong());
        if (!in.readBoolean()) {
            return new StopWish(job, null);
        }
        String id = in.readUTF();
        String name = in.readUTF();
        try {
            Role role = Role.valueOf(in.readUTF());
            Door door = Door.valueOf(in.readUTF());
            Actor actor = new Actor(new Principal(id, name, role), door, readText(in), readText(in));
            return new StopWish(
                    job,
                    new Requested(actor, in.readUTF(), in.readUTF(), Micros.instant(in.readLong()), in.readBoolean()));
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        }
    }

    private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String readText(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
