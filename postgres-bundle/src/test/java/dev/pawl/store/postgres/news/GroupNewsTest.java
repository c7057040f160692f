package dev.pawl.store.postgres.news;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.JobChange.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The bytes of news. */
class GroupNewsTest {

    private static final UUID JOB = new UUID(-1, 7);
    private static final UUID OTHER = new UUID(5, -9);

    @Test
    void eachKindIsReadAsItWasWritten() {
        List<JobChange> changes = new ArrayList<>();
        long epoch = 1;
        for (Kind kind : Kind.values()) {
            changes.add(JobChange.of(kind, JOB, epoch));
            epoch <<= 8;
        }
        Actor actor = new Actor(new Principal("t1", "Ann", Role.OPERATOR), Door.HTTP, "10.0.0.7", null);
        AuditedChange change = new AuditedChange(actor, "job.stop", "x", Instant.EPOCH);
        List<StopWish> stops =
                List.of(StopWish.of(JOB, change, Instant.ofEpochSecond(9)), StopWish.of(OTHER, null, Instant.EPOCH));
        GroupNews news = new GroupNews(
                changes,
                List.of(OTHER),
                List.of(new FirstWaiting("a,b", Long.MIN_VALUE / 2, -5, 1L << 40), new FirstWaiting("é", 7, 0, 3)),
                true,
                null,
                Set.of(),
                stops,
                List.of("one", "two"),
                300,
                true);
        assertEquals(news, GroupNews.of(news.bytes()));
    }

    @Test
    void theChangesOfOneJobKeepTheirOrder() {
        GroupNews news = new GroupNews(
                List.of(
                        JobChange.of(Kind.ADDED, JOB, 0),
                        JobChange.of(Kind.ADDED, OTHER, 0),
                        JobChange.of(Kind.STARTED, JOB, 1)),
                List.of(),
                List.of(),
                false,
                7L,
                Set.of("pawl:queue", "pawl:tokens"),
                List.of(),
                List.of(),
                0,
                true);
        GroupNews read = GroupNews.of(news.bytes());
        assertEquals(
                List.of(Kind.ADDED, Kind.STARTED),
                read.changes().stream()
                        .filter(change -> change.id().equals(JOB))
                        .map(JobChange::kind)
                        .toList());
        assertEquals(3, read.changes().size());
        assertEquals(7, read.due());
        assertEquals(Set.of("pawl:queue", "pawl:tokens"), read.owners());
        assertEquals(2 + 8 + 1 + 2 * 17 + 3 * 2 + 1 + 1 + 1 + 2 + 10 + 2 + 11 + 1 + 1, news.bytes().length);
    }

    @Test
    void whatIsTooMuchIsNotToldOneByOne() {
        List<JobChange> changes = Collections.nCopies(GroupNews.MOST + 1, JobChange.of(Kind.ADDED, JOB, 0));
        byte[] bytes = news(changes);
        assertEquals(2, bytes.length);
        GroupNews read = GroupNews.of(bytes);
        assertFalse(read.isWhole());
        assertTrue(read.isReady());
        assertFalse(read.isTimed());
    }

    @Test
    void moreRemovalsThanNewsMayHoldAreNotToldOneByOne() {
        List<JobChange> most = Collections.nCopies(GroupNews.MOST_REMOVALS, JobChange.of(Kind.REMOVED, JOB, 0));
        assertTrue(GroupNews.of(news(most)).isWhole());
        List<JobChange> more = Collections.nCopies(GroupNews.MOST_REMOVALS + 1, JobChange.of(Kind.REMOVED, JOB, 0));
        assertFalse(GroupNews.of(news(more)).isWhole());
    }

    private static byte[] news(List<JobChange> changes) {
        return new GroupNews(changes, List.of(), List.of(), true, null, Set.of(), List.of(), List.of(), 0, true)
                .bytes();
    }

    @Test
    void whatAnotherReleaseWritesIsNewsThatAreTooMany() {
        byte[] known = new GroupNews(
                        List.of(JobChange.of(Kind.ADDED, JOB, 0)),
                        List.of(),
                        List.of(),
                        false,
                        null,
                        Set.of(),
                        List.of(),
                        List.of(),
                        0,
                        true)
                .bytes();
        byte[] version = known.clone();
        version[0] = 9;
        byte[] kind = known.clone();
        kind[kind.length - 7] = 99;
        for (byte[] other : List.of(version, kind, Arrays.copyOf(known, known.length - 1), new byte[0])) {
            GroupNews read = GroupNews.of(other);
            assertFalse(read.isWhole());
            assertTrue(read.isReady() && read.isTimed(), "nothing that waits is forgotten");
        }
    }
}
