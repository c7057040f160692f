package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the API, as the tools see it that people make clients with; and the calls of the documentation with such a client. */
@NeedsProgram({"node", "npm"})
class GeneratedClientIT {

    private static final Path ROOT = Path.of(System.getProperty("pawl.root"));
    private static final Pattern BLOCK = Pattern.compile("```ts\n(.*?)```", Pattern.DOTALL);

    @TempDir
    static Path folder;

    private static Server server;
    private static String token;
    private static NodeTools tools;

    @BeforeAll
    static void describe() throws Exception {
        tools = NodeTools.in(Path.of("target/node").toAbsolutePath());
        server = Server.start(folder.resolve("data"));
        token = Files.readString(folder.resolve("data/admin.token")).strip();
        Files.writeString(tools.folder().resolve("openapi.json"), description());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theDescriptionHasNeitherErrorsNorWarnings() throws Exception {
        String report = tools.run("redocly", "lint", "--extends=recommended", "--format=json", "openapi.json");
        JsonNode totals = new ObjectMapper()
                .readTree(report.substring(report.indexOf("{\n")))
                .get("totals");
        assertEquals(0, totals.get("errors").asInt(), report);
        assertEquals(0, totals.get("warnings").asInt(), report);
    }

    @Test
    void theCallsOfTheDocumentationCompileAndRun() throws Exception {
        tools.run("openapi-typescript", "openapi.json", "-o", "pawl.ts");
        List<String> calls = List.of("README.md", "docs/http-api.md");
        for (String page : calls) {
            Files.writeString(tools.folder().resolve(script(page, "ts")), calls(page));
        }
        tools.run("tsc", "--project", "tsconfig.json");
        for (String page : calls) {
            String said = tools.node(
                    tools.folder().resolve(script(page, "js")),
                    Map.of("PAWL_SERVER", server.url().toString(), "PAWL_TOKEN", token));
            assertFalse(said.isBlank(), page);
        }
    }

    private static String script(String page, String ending) {
        return page.replace('/', '-').replace(".md", "." + ending);
    }

    /** The TypeScript of a page, all blocks in one program. */
    private static String calls(String page) throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertTrue(!blocks.isEmpty(), () -> page + " has no TypeScript");
        return String.join("\n", blocks);
    }

    private static String description() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/openapi.json"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
