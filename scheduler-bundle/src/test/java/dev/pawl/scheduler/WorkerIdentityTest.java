package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class WorkerIdentityTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningScheduler server = new RunningScheduler(() -> folder);

    @Test
    void eachServerOnASharedStoreHasAnIdOfItsOwnWhichItKeeps() {
        String one = WorkerIdentity.id(folder.resolve("one"));
        assertNotEquals(one, WorkerIdentity.id(folder.resolve("other")));
        assertEquals(one, WorkerIdentity.id(folder.resolve("one")));
    }

    @Test
    void theIdOfTheEmbeddedStoreIsInTheStoreAndNoFile() {
        String id = server.parts.own.id();
        server.restart();
        assertEquals(id, server.parts.own.id());
        assertFalse(Files.exists(folder.resolve("worker.id")));
    }

    @Test
    void aFileThatHoldsNoIdIsRefusedWithWhatToDo() throws IOException {
        Files.writeString(folder.resolve("worker.id"), "me\n");
        ProblemException refused = assertThrows(ProblemException.class, () -> WorkerIdentity.id(folder));
        assertTrue(String.valueOf(refused.getMessage()).contains("delete it, and a new one is made"));
    }
}
