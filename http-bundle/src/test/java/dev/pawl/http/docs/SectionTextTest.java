package dev.pawl.http.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SectionTextTest {

    private static final String TEXT = """
            # Jobs
            Work for
            modules.
            {id}: The id: a UUID.

            ### startJob
            $ pawl run hello
            POST /jobs?a=b
            Content-Type: application/json

            {
              "a": 1
            }

            HTTP/1.1 200
            Location: /jobs/1

            {"id": 1}

            ### removeJob
            DELETE /jobs/1

            HTTP/1.1 204
            """;

    @Test
    void theFormatOfHttpIsRead() {
        var started = new Example(
                "startJob",
                "pawl run hello",
                "POST",
                "/jobs?a=b",
                Map.of("Content-Type", "application/json"),
                "{\n  \"a\": 1\n}",
                new Example.Reply(200, Map.of("Location", "/jobs/1"), "{\"id\": 1}"));
        var removed =
                new Example("removeJob", null, "DELETE", "/jobs/1", Map.of(), "", new Example.Reply(204, Map.of(), ""));
        assertEquals(
                new SectionText(
                        "Jobs", "Work for modules.", Map.of("id", "The id: a UUID."), List.of(started, removed)),
                SectionText.parse(TEXT));
    }
}
