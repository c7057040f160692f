package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.NewJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The round trips that the entry in the audit log costs a change. */
@ExtendWith(TestDatabase.class)
class AuditCostTest {

    @RegisterExtension
    final CountedStore store = new CountedStore();

    /** The round trips of the writer for an addition. */
    private int ofAddition(@Nullable AuditedChange change) {
        JobRequest request =
                JobRequest.builder(List.of(new Task("m", Map.of()))).build();
        store.statements();
        await(store.get()
                .add(List.of(new NewJob(UUID.randomUUID(), request, Instant.EPOCH, holder -> {}, null, change))));
        return store.statements();
    }

    private int ofAuditedAddition() {
        return ofAddition(new AuditedChange(Actor.inside(Door.HTTP), "job.start", "", Instant.EPOCH));
    }

    @Test
    void theEntryOfAServerThatAppendsAloneCostsNone() {
        ofAddition(null);
        int alone = ofAddition(null);
        assertEquals(alone + 1, ofAuditedAddition(), "the end is read first");
        for (int n = 0; n < 10; n++) {
            ofAuditedAddition();
        }
        assertEquals(alone, ofAuditedAddition());
    }
}
