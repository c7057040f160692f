package dev.pawl.service.job;

import java.util.List;
import java.util.UUID;

/**
 * The jobs between which and a job one waits for the other, as they are at present.
 *
 * @param waitsFor the jobs for which it waits that have not ended, at most as many as were asked for
 * @param waitsForCount their whole number
 * @param awaitedBy the jobs that wait for it, at most as many as were asked for
 * @param awaitedByCount their whole number
 */
public record OpenWaits(List<Awaited> waitsFor, long waitsForCount, List<UUID> awaitedBy, long awaitedByCount) {

    /** Neither waits nor is waited for. */
    public static final OpenWaits NONE = new OpenWaits(List.of(), 0, List.of(), 0);

    /** A job that is waited for. */
    public record Awaited(UUID id, JobStatus status) {}

    public OpenWaits {
        waitsFor = List.copyOf(waitsFor);
        awaitedBy = List.copyOf(awaitedBy);
    }
}
