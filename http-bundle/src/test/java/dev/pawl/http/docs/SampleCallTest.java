package dev.pawl.http.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.http.RoutesTest;
import org.junit.jupiter.api.Test;

final class SampleCallTest {

    private static String call(String id) {
        Operation operation = Reference.of(RoutesTest.all()).operations().stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow();
        return SampleCall.of(operation, operation.example())
                .replace(SampleCall.ORIGIN, "http://h")
                .replace(SampleCall.SOCKET_ORIGIN, "ws://h");
    }

    @Test
    void aBodyIsSentAsTheRouteTakesIt() {
        assertEquals("""
                curl -H "Authorization: Bearer $TOKEN" \\
                  -H 'Content-Type: application/json' \\
                  -d '{"module_id": "hello", "inputs": {"name": "World", "count": 3}}' \\
                  'http://h/jobs'""", call("startJob"));
        assertEquals("""
                curl -H "Authorization: Bearer $TOKEN" \\
                  -H 'Content-Type: application/java-archive' \\
                  --data-binary @count-1.1.0.jar \\
                  'http://h/modules?mode=move'""", call("installModule"));
    }

    @Test
    void otherMethodsAreNamedAndOpenRoutesNeedNoToken() {
        assertEquals("""
                curl -X DELETE \\
                  -H "Authorization: Bearer $TOKEN" \\
                  'http://h/workers/encoder-1'""", call("removeWorker"));
        assertEquals("curl 'http://h/status/health'", call("getHealth"));
    }

    @Test
    void eventsAreShownAsTheyCome() {
        assertEquals("""
                curl -N \\
                  -H "Authorization: Bearer $TOKEN" \\
                  'http://h/events?types=job,schedule'""", call("streamEvents"));
    }

    @Test
    void aWebSocketHasAProgramOfItsOwn() {
        assertEquals("""
                websocat -H "Authorization: Bearer $TOKEN" \\
                  'ws://h/jobs/0000b8cd-af93-8df2-8ab5-db452e948921/logs/stream?after=0'""", call("streamLog"));
    }
}
