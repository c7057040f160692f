package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MemoryDocumentsTest {

    private final MemoryDocuments documents = new MemoryDocuments();

    @Test
    void givesBackWhatWasPutLast() {
        documents.put("hello", "words", "{\"a\":1}");
        documents.put("hello", "words", "{\"a\":2}");

        assertEquals("{\"a\":2}", documents.get("hello", "words"));
    }

    @Test
    void namesTheDocumentsOfOneModuleInOrder() {
        documents.put("hello", "b", "{}");
        documents.put("hello", "a", "{}");
        documents.put("hello-too", "c", "{}");

        assertEquals(List.of("a", "b"), documents.names("hello"));
    }

    @Test
    void saysOfADocumentThatIsNotThereThatItIsUnknown() {
        documents.put("hello", "words", "{}");
        documents.delete("hello", "words");

        assertUnknown(() -> documents.get("hello", "words"));
        assertUnknown(() -> documents.delete("hello", "words"));
    }

    private static void assertUnknown(Executable call) {
        assertEquals(
                ProblemCode.UNKNOWN_DOCUMENT,
                assertThrows(ProblemException.class, call).code());
    }
}
