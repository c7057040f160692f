package dev.pawl.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.hook.DeliveryOutcome;
import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookFilter;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.HookScheme;
import dev.pawl.service.hook.MissingValue;
import dev.pawl.service.hook.ValueSource;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrivalTest {

    /** The parts of a push that people map, in the shape of GitHub's. */
    private static final String PUSH = """
            {"ref": "refs/heads/main", "after": "1481a2de7b2a7d02428ad93446ab166be7793fbb", "forced": false,
             "commits": [{"id": "a1", "added": ["README.md"]}, {"id": "b2", "added": []}],
             "repository": {"full_name": "octo-org/octo-repo", "size": 10.0, "license": null},
             "a/b": 1, "m~n": 2, "": {"": 3}}
            """;

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "application/json",
            "X-GitHub-Event", "push",
            "X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958");

    private static Map<String, ValueSource> mapping(String... pairs) {
        Map<String, ValueSource> mapping = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            mapping.put(pairs[i], ValueSource.of(pairs[i + 1]));
        }
        return mapping;
    }

    private static HookRequest hook(
            List<Map<String, ValueSource>> mappings,
            MissingValue missing,
            @Nullable String deliveryId,
            boolean paused,
            HookFilter... filters) {
        List<Task> tasks = mappings.stream().map(any -> new Task("a", Map.of())).toList();
        return new HookRequest(
                "h",
                JobRequest.builder(tasks.isEmpty() ? List.of(new Task("a", Map.of())) : tasks)
                        .build(),
                mappings,
                missing,
                new HookAuth(HookScheme.GITHUB, null, "secret", null),
                deliveryId == null ? null : ValueSource.of(deliveryId),
                HookRequest.USUAL,
                List.of(filters),
                null,
                paused);
    }

    private static Arrival arrival(HookRequest hook) {
        return arrival(hook, HEADERS);
    }

    private static Arrival arrival(HookRequest hook, Map<String, String> headers) {
        return Arrival.of(hook, HookCall.of(headers, Map.of("env", "prod"), PUSH.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, Object> inputs(String... pairs) {
        return arrival(hook(List.of(mapping(pairs)), MissingValue.REFUSE, null, false))
                .inputs()
                .get(0);
    }

    @Test
    void pointersHeadersAndTheQueryBecomeInputs() {
        assertEquals(
                Map.of(
                        "ref", "refs/heads/main",
                        "id", "b2",
                        "files", List.of("README.md"),
                        "event", "push",
                        "env", "prod",
                        "forced", false),
                inputs(
                        "ref", "/ref",
                        "id", "/commits/1/id",
                        "files", "/commits/0/added",
                        "event", "header:x-github-EVENT",
                        "env", "query:env",
                        "forced", "/forced"));
    }

    @Test
    void pointersFollowRfc6901() {
        assertEquals(Map.of("x", 1), inputs("x", "/a~1b"));
        assertEquals(Map.of("x", 2), inputs("x", "/m~0n"));
        assertEquals(Map.of("x", 3), inputs("x", "//"));
        assertEquals("refs/heads/main", ((Map<?, ?>) inputs("x", "").get("x")).get("ref"));
        for (String nothing : List.of(
                "/commits/2",
                "/commits/-",
                "/commits/01",
                "/commits/+1",
                "/ref/0",
                "/commits/id",
                "/m~01n",
                "/a",
                "/repository/license",
                "/commits/99999999999")) {
            assertThrows(ProblemException.class, () -> inputs("x", nothing), nothing);
        }
        for (String none : List.of("ref", "/a~2", "/a~", "header:", "header:a b", "query:", "$.ref", " /ref")) {
            assertThrows(IllegalArgumentException.class, () -> ValueSource.of(none), none);
        }
    }

    @Test
    void aMissingValueIsNamedOrLeftOut() {
        String detail = String.valueOf(assertThrows(ProblemException.class, () -> inputs("tag", "/release/tag"))
                .getMessage());
        assertTrue(detail.contains("\"/release/tag\"") && detail.contains("input tag"), detail);
        assertEquals(
                List.of(Map.of("ref", "refs/heads/main")),
                arrival(hook(List.of(mapping("tag", "/release/tag", "ref", "/ref")), MissingValue.OMIT, null, false))
                        .inputs());
    }

    @Test
    void eachTaskHasItsOwnMapping() {
        assertEquals(
                List.of(Map.of("x", "refs/heads/main"), Map.of(), Map.of("x", "push")),
                arrival(hook(
                                List.of(mapping("x", "/ref"), mapping(), mapping("x", "header:X-GitHub-Event")),
                                MissingValue.REFUSE,
                                null,
                                false))
                        .inputs());
    }

    @Test
    void theIdIsThatOfTheSchemeOrOfTheHooksChoice() {
        assertEquals(
                "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                arrival(hook(List.of(), MissingValue.REFUSE, null, false)).deliveryId());
        assertEquals("1481a2de7b2a7d02428ad93446ab166be7793fbb", id("/after"));
        assertEquals("10.0", id("/repository/size"));
        assertNull(id("/nothing"));
        assertThrows(ProblemException.class, () -> id("/commits"));
        assertThrows(ProblemException.class, () -> id("/forced"));
        assertNull(arrival(hook(List.of(), MissingValue.REFUSE, null, false), Map.of())
                .deliveryId());
    }

    private static @Nullable String id(String place) {
        return arrival(hook(List.of(), MissingValue.REFUSE, place, false)).deliveryId();
    }

    @Test
    void allFiltersMustHold() {
        HookFilter push =
                new HookFilter(ValueSource.of("header:X-GitHub-Event"), List.of("push", "release"), null, false);
        HookFilter main = new HookFilter(ValueSource.of("/ref"), null, "refs/heads/", false);
        assertEquals(Optional.empty(), passed(push, main));
        assertEquals(
                Optional.empty(), passed(new HookFilter(ValueSource.of("/repository/size"), List.of(10), null, false)));
        assertEquals(Optional.empty(), passed(new HookFilter(ValueSource.of("/release"), null, null, true)));
        assertEquals(Optional.empty(), passed(new HookFilter(ValueSource.of("/ref"), null, null, false)));
        assertFiltered(new HookFilter(ValueSource.of("/ref"), List.of("refs/heads/main"), null, true));
        assertFiltered(new HookFilter(ValueSource.of("/repository/license"), null, null, false));
        assertFiltered(new HookFilter(ValueSource.of("/forced"), List.of("false"), null, false));
        assertFiltered(new HookFilter(ValueSource.of("/release"), List.of("x"), null, false));
        assertFiltered(push, new HookFilter(ValueSource.of("/ref"), null, "refs/tags/", false));
        assertFiltered(new HookFilter(ValueSource.of("/commits"), null, "refs", false));
    }

    private static void assertFiltered(HookFilter... filters) {
        assertEquals(DeliveryOutcome.FILTERED, passed(filters).orElseThrow().outcome());
    }

    private static Optional<Arrival.Passed> passed(HookFilter... filters) {
        return arrival(hook(List.of(), MissingValue.REFUSE, null, false, filters))
                .passed();
    }

    @Test
    void aPingAndAPausedHookStartNothing() {
        HookRequest paused = hook(List.of(), MissingValue.REFUSE, null, true);
        assertEquals(
                DeliveryOutcome.PAUSED, arrival(paused).passed().orElseThrow().outcome());
        HookCall ping = HookCall.of(Map.of("X-GitHub-Event", "ping"), Map.of(), new byte[] {'{'});
        assertEquals(
                DeliveryOutcome.PING,
                Arrival.of(paused, ping).passed().orElseThrow().outcome());
    }
}
