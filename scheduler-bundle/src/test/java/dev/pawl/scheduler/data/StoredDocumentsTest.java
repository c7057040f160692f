package dev.pawl.scheduler.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.data.Documents;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.sqlite.SqliteDocuments;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredDocumentsTest {

    @TempDir
    Path dir;

    private SqliteStore store;
    private Documents documents;

    @BeforeEach
    void open() {
        store = SqliteStore.open(dir.resolve("pawl.db"), SettableClock.at("2026-01-01T00:00:00Z"));
        documents = new StoredDocuments(new SqliteDocuments(store, InstantSource.system()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void put(String module, String name, String json) {
        documents.put(module, name, json).toCompletableFuture().join();
    }

    private String refused(ProblemCode code, Runnable call) {
        ProblemException problem = assertThrows(ProblemException.class, () -> {
            try {
                call.run();
            } catch (CompletionException e) {
                throw e.getCause();
            }
        });
        assertEquals(code, problem.code());
        return String.valueOf(problem.getMessage());
    }

    @Test
    void aDocumentComesBackWithItsDigitsAndWithoutItsName() {
        put("hello", "100% ü", " { \"a\": 0.10, \"name\": \"100% ü\", \"b\": [12345678901234567890, {\"name\": 5}] } ");
        assertEquals("{\"a\":0.10,\"b\":[12345678901234567890,{\"name\":5}]}", documents.get("hello", "100% ü"));
        put("hello", "null", "{\"name\": null}");
        assertEquals("{}", documents.get("hello", "null"));
        assertEquals(List.of("100% ü", "null"), documents.names("hello"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"b\"", "{\"x\": [1]}", "7"})
    void anotherNameGivesWayToTheOneTheDocumentIsKeptUnder(String name) {
        put("hello", "a", "{\"n\": 1, \"name\": " + name + "}");
        assertEquals("{\"n\":1}", documents.get("hello", "a"));
    }

    @Test
    void whatIsDeletedIsUnknown() {
        put("hello", "a", "{}");
        documents.delete("hello", "a").toCompletableFuture().join();
        String unknown = "The module \"hello\" has no document \"a\".";
        assertEquals(unknown, refused(ProblemCode.UNKNOWN_DOCUMENT, () -> documents.get("hello", "a")));
        assertEquals(unknown, refused(ProblemCode.UNKNOWN_DOCUMENT, () -> documents
                .delete("hello", "a")
                .toCompletableFuture()
                .join()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "", "{", "{} {}", "{\"a\": 1, \"a\": 2}", "{\"name\": {\"a\": }}"})
    void whatIsNoDocumentIsRefused(String json) {
        refused(ProblemCode.MALFORMED, () -> put("hello", "a", json));
        assertEquals(List.of(), documents.names("hello"));
    }

    @Test
    void aDocumentHasItsLimit() {
        String text = "ü".repeat((Documents.MOST_BYTES - 8) / 2);
        put("hello", "a", "{\"a\":\"" + text + "\"}");
        refused(ProblemCode.TOO_LARGE, () -> put("hello", "a", "{\"a\":\"" + text + "xx\"}"));
    }

    @Test
    void namesThatNoRouteReachesAreRefused() {
        for (String name : List.of("", "a/b", "a\\b", "a\nb", "x".repeat(201))) {
            assertTrue(refused(ProblemCode.MALFORMED, () -> put("hello", name, "{}"))
                    .startsWith("The document's name takes"));
            assertTrue(
                    refused(ProblemCode.MALFORMED, () -> put(name, "a", "{}")).startsWith("The module takes"));
        }
    }

    @Test
    void whatTheRuntimeKeepsIsNoModulesData() {
        new SqliteDocuments(store, InstantSource.system())
                .put("pawl:tokens", "x", "{}")
                .toCompletableFuture()
                .join();
        refused(ProblemCode.MALFORMED, () -> documents.get("pawl:tokens", "x"));
        refused(ProblemCode.MALFORMED, () -> put("pawl:tokens", "x", "{}"));
        refused(ProblemCode.MALFORMED, () -> documents.delete("pawl:tokens", "x"));
        refused(ProblemCode.MALFORMED, () -> documents.names("pawl:tokens"));
    }
}
