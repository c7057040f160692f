package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.pawl.testkit.Eventually;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Wrong tokens beside an honest client behind the same address. */
final class WrongTokensIT {

    private static final int WRONG = 2_000;
    private static final int AT_ONCE = 200;

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void anHonestClientIsAnsweredBesideThousandsOfWrongTokensFromItsAddress() throws Exception {
        String honest = (String)
                server.makeToken("{\"name\": \"honest\", \"role\": \"viewer\"}").get("token");
        int reads = server.documentStore.reads();
        Map<Integer, Integer> refused = new TreeMap<>();
        int answered = 0;
        try (LoggedLines log = LoggedLines.open()) {
            for (int sent = 0; sent < WRONG; sent += AT_ONCE) {
                List<CompletableFuture<HttpResponse<String>>> attack = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    attack.add(ask("pawl_wrong-" + sent + "-" + i));
                }
                while (!attack.stream().allMatch(CompletableFuture::isDone)) {
                    assertEquals(200, ask(honest).get(10, TimeUnit.SECONDS).statusCode());
                    answered++;
                }
                attack.forEach(wrong -> refused.merge(refusal(wrong.join()), 1, Integer::sum));
            }
            List<String> lines = log.events().stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .filter(line -> line.contains("wrong tokens"))
                    .toList();
            assertEquals(1, lines.size(), lines.toString());
        }
        Eventually.eventually(
                "the burst is in the audit once",
                () -> server.audit.entries().stream()
                                .filter(entry -> entry.action().equals("token.guess"))
                                .count()
                        == 1);
        assertTrue(refused.get(429) > WRONG / 2, "most answers came late: " + refused);
        assertEquals(WRONG, refused.values().stream().mapToInt(count -> count).sum());
        assertEquals(reads, server.documentStore.reads(), "no wrong token was looked for in the store");
        assertTrue(answered > WRONG / AT_ONCE, "the honest client had " + answered + " answers");
    }

    /** The status of a refusal; a late one says when to come again. */
    private static int refusal(HttpResponse<String> answer) {
        if (answer.statusCode() == 429) {
            Answers.problem(429, "PAWL-406", answer);
            assertEquals(Optional.of("1"), answer.headers().firstValue("Retry-After"));
        }
        return answer.statusCode();
    }

    private CompletableFuture<HttpResponse<String>> ask(String token) {
        HttpRequest request = server.request("/status", token).build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }
}
