package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.pawl.service.audit.AuditEntry;
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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Wrong tokens, and refusals without end, beside an honest client behind the same address. */
final class WrongTokensIT {

    private static final int WRONG = 2_000;
    private static final int AT_ONCE = 200;
    private static final int FORBIDDEN = 500;
    private static final Pattern MORE = Pattern.compile("^([0-9,]+) more ");

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
        for (int i = 0; i < FORBIDDEN; i++) {
            HttpRequest start = server.request("/jobs", honest)
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            assertEquals(403, client.send(start, BodyHandlers.discarding()).statusCode());
        }
        HttpRequest bare = HttpRequest.newBuilder(
                        server.request("/status", honest).build().uri())
                .build();
        assertEquals(401, client.send(bare, BodyHandlers.discarding()).statusCode());
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
        assertTrue(refused.get(429) > WRONG / 2, "most answers came late: " + refused);
        assertEquals(WRONG, refused.values().stream().mapToInt(count -> count).sum());
        assertEquals(reads, server.documentStore.reads(), "no wrong token was looked for in the store");
        assertTrue(answered > WRONG / AT_ONCE, "the honest client had " + answered + " answers");
        server.close();
        assertEquals(WRONG, told("nobody", "token.guess", 2), "none is lost, and two entries tell all");
        assertEquals(FORBIDDEN, told("honest", "job.start", 11), "none is lost, and few entries tell all");
        assertEquals(1, told("nobody", "token.missing", 1));
    }

    /** The refusals that the entries of a caller tell; fails when there are more entries. */
    private static long told(String who, String action, int most) {
        List<AuditEntry> entries = server.audit.entries().stream()
                .filter(entry -> entry.who().equals(who) && entry.action().equals(action))
                .toList();
        assertTrue(entries.size() <= most, () -> entries.size() + " entries");
        return entries.stream()
                .mapToLong(entry -> MORE.matcher(entry.detail())
                        .results()
                        .mapToLong(more -> Long.parseLong(more.group(1).replace(",", "")))
                        .findFirst()
                        .orElse(1))
                .sum();
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
