package dev.pawl.store.sqlite.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {

    private static final int READERS = 4;

    @TempDir
    private Path folder;

    private final CountDownLatch allRead = new CountDownLatch(READERS);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<CompletableFuture<Boolean>> reading = new ArrayList<>();
    private Readers readers;

    @BeforeEach
    void readWithAll() throws Exception {
        Database database = new Database(folder.resolve("pawl.db"));
        database.writer().close();
        readers = new Readers(database, Duration.ofMillis(100));
        for (int i = 0; i < READERS; i++) {
            reading.add(CompletableFuture.supplyAsync(
                    () -> readers.read(session -> {
                        allRead.countDown();
                        await(end);
                        return true;
                    }),
                    task -> new Thread(task, "reader").start()));
        }
        await(allRead);
    }

    @AfterEach
    void close() {
        end.countDown();
        reading.forEach(CompletableFuture::join);
        readers.close();
    }

    @Test
    void whatTakesAMomentWaitsForNoLargePage() {
        assertEquals(1L, readers.<Long>readShort(session -> session.number("SELECT 1")));
        assertEquals(1L, readers.<Long>readShort(session -> session.number("SELECT 1")));
    }

    @Test
    void anotherPageWaitsItsTimeAndIsRefusedThen() {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> readers.read(session -> session.number("SELECT 1")));
        assertEquals(ProblemCode.STORE_UNAVAILABLE, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains("cannot be read now"), refused.getMessage());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
